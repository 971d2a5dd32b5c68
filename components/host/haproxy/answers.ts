import { Security } from "../../app/route/security";
import {
  AnswerHeader,
  Beside,
  routeAnswerHeaders,
  saidTransport,
  strictTransportName,
  telling,
  usualHeaders,
} from "../answer-policy";
import { HopChain, strictTransport } from "../hops";
import { routeName, SiteRoute } from "../site-route";
import { OfRoute, when } from "./condition";
import { literal } from "./expression";
import { because, HaproxyArgument, HaproxyLine, line, setHeader } from "./tree";

/** The security headers of all answers, those of HAProxy's own among them. */
export function securityHeaders(
  domains: readonly string[],
  hops: HopChain,
  routes: readonly SiteRoute[],
): HaproxyLine[] {
  const strict = domains.flatMap((domain) => {
    const own = routes.map(({ route }) => route).filter((route) => route.domain === domain);
    const value = strictTransport(domain, hops, saidTransport(own));
    if (value === null) return [];
    const asked = ["if", "{", "var(txn.host)", "-m", "str", domain, "}"];
    return [setHeader("http-after-response", strictTransportName, value, ...asked)];
  });
  return [
    ...usualHeaders.flatMap((header) => usual(header, routes)),
    line("http-after-response", "del-header", strictTransportName),
    ...strict,
  ];
}

/** Only where nothing is said yet, by the app or by its route, which may say that nothing is to be said. */
function usual({ name, value, beside }: AnswerHeader, routes: readonly SiteRoute[]): HaproxyLine[] {
  if (beside !== Beside.AppDecides) return [setHeader("http-after-response", name, value)];
  const silent = routes.filter(({ route }) =>
    routeAnswerHeaders(route.security ?? {}).some((header) => header.name === name && header.value === ""),
  );
  const without = `without-${name}`;
  return [
    ...silent.map((one) => line("acl", without, "var(txn.route)", "-m", "str", routeName(one))),
    setHeader(
      ...["http-after-response", name, value, "unless", "{", `res.hdr(${name})`, "-m", "found", "}"],
      ...(silent.length === 0 ? [] : ["||", without]),
    ),
  ];
}

/** The headers of a route that are other than the usual ones. */
export function routeHeaders(security: Security, ofRoute: OfRoute): HaproxyLine[] {
  const headers = routeAnswerHeaders(security);
  const of = (beside: Beside): AnswerHeader[] => headers.filter((header) => header.beside === beside);
  return [
    ...appDecides(of(Beside.AppDecides), ofRoute),
    ...of(Beside.Replaced).map(({ name, value }) =>
      value === ""
        ? line("http-after-response", "del-header", name, ...when(ofRoute))
        : setHeader("http-after-response", name, value, ...when(ofRoute)),
    ),
    // Behind the others, which would replace it.
    ...of(Beside.Both).map(({ name, value }) => addHeader(name, value, ...when(ofRoute))),
  ];
}

/** What the app says is found out first: a preset may say a header twice, and the first is not the app's. */
function appDecides(headers: readonly AnswerHeader[], ofRoute: OfRoute): HaproxyLine[] {
  const own = (name: string): string => `var(txn.own_${name.toLowerCase().replaceAll("-", "_")})`;
  const names = [...new Set(headers.map(({ name }) => name))];
  return [
    ...names.map((name) =>
      line(
        "http-after-response",
        `set-${own(name)}`,
        "bool(true)",
        ...when(ofRoute, "{", `res.hdr(${name})`, "-m", "found", "}"),
      ),
    ),
    ...headers.map(({ name, value }) => addHeader(name, value, ...when(ofRoute, "!{", own(name), "-m", "bool", "}"))),
  ];
}

const addHeader = (name: string, value: string, ...condition: HaproxyArgument[]): HaproxyLine =>
  line("http-after-response", "add-header", name, literal(value), ...condition);

/**
 * The headers of an app that are not passed on, as behind nginx.
 *
 * @param passing ACLs of the routes that pass the app's `Server` on
 */
export function hiddenHeaders(passing: readonly string[]): HaproxyLine[] {
  const unless = passing.flatMap((ofRoute, index) => [index === 0 ? "unless" : "||", ofRoute]);
  return [
    because("headers that tell attackers what to try", line("http-response", "del-header", "Server", ...unless)),
    ...telling.map((name) => line("http-response", "del-header", name)),
  ];
}
