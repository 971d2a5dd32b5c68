import { App } from "../../app/app";
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
import { SiteRoute } from "../site-route";
import { isMine, routeVariable } from "./route";
import { saysServer, serverVariable } from "./server-header";
import { literalFormat } from "./text";
import { apache, ApacheDirective } from "./tree";

/**
 * Headers of apps that are not passed on: those that httpd says itself, and those that tell what the app runs on. Without
 * an app's `Server` httpd says its own.
 */
export function hiddenHeaders(apps: readonly App[]): ApacheDirective[] {
  const own = usualHeaders.filter(({ beside }) => beside !== Beside.AppDecides).map((header) => header.name);
  const isOther = `expr=%{reqenv:${serverVariable}} != %{reqenv:${routeVariable}} || -z %{reqenv:${serverVariable}}`;
  return [
    ...[...own, strictTransportName, ...telling].map((name) => apache("Header", "unset", name)),
    apache("Header", "unset", "Server", ...(apps.some(({ routes = [] }) => routes.some(saysServer)) ? [isOther] : [])),
  ];
}

/** The security headers, on answers of any status, each once: an app's own value stands where it may have one. */
export function securityHeaders(): ApacheDirective[] {
  return usualHeaders.map(({ name, value, beside }) =>
    apache(
      "Header",
      "always",
      "set",
      name,
      value,
      ...(beside === Beside.AppDecides ? [`expr=-z %{resp:${name}}`] : []),
    ),
  );
}

/** What a domain says of its transport. */
export function transportHeader(domain: string, hops: HopChain, routes: readonly SiteRoute[]): ApacheDirective[] {
  const strict = strictTransport(domain, hops, saidTransport(routes.map(({ route }) => route)));
  return strict === null ? [] : [apache("Header", "always", "set", strictTransportName, strict)];
}

/**
 * The headers of a route that are other than its domain's. httpd has two lists: what apps say is in one, what is said here by
 * `always` in the other, so that taking ours away leaves the app's.
 */
export function routeHeaders(of: SiteRoute): ApacheDirective[] {
  const { security } = of.route;
  if (!security) return [];
  const mine = isMine(of);
  const all = routeAnswerHeaders(security);
  const withBeside = (wanted: Beside): AnswerHeader[] => all.filter(({ beside }) => beside === wanted);
  const always = (action: string, name: string, value: string): ApacheDirective =>
    apache("Header", "always", action, name, literalFormat(value), `expr=${mine}`);
  const takeBack = (name: string): ApacheDirective => apache("Header", "always", "unset", name, `expr=${mine}`);
  return [
    ...[...byName(withBeside(Beside.AppDecides))].flatMap(([name, value]) => [
      takeBack(name),
      apache("Header", "always", "set", name, literalFormat(value), `expr=${mine} && -z %{resp:${name}}`),
    ]),
    ...withBeside(Beside.Replaced).flatMap(({ name, value }) => [
      apache("Header", "unset", name, `expr=${mine}`),
      value === "" ? takeBack(name) : always("set", name, value),
    ]),
    ...withBeside(Beside.Both).map(({ name, value }) => always("add", name, value)),
  ];
}

/** Two policies of one name in one line mean the same as in two (CSP level 3, section 3.1). */
function byName(headers: readonly AnswerHeader[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const { name, value } of headers) {
    const before = found.get(name);
    found.set(name, before === undefined ? value : `${before}, ${value}`);
  }
  return found;
}
