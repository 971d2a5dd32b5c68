import { homeOf } from "../../app/home";
import { Route } from "../../app/route/route";
import { ServerHeader } from "../../app/route/security";
import { Web } from "../../app/web";
import { authority, HopChain, maxBodyMiB, publicScheme, readTimeoutSeconds } from "../hops";
import { waysOf } from "../name-ways";
import { isStripped, routeName, SiteRoute } from "../site-route";
import { hiddenHeaders } from "./answers";
import { compression, isCompressed } from "./compression";
import { OfRoute, when } from "./condition";
import { format, pattern, replacement } from "./expression";
import { freshnessConditions } from "./freshness";
import { routeRules } from "./route-rules";
import { backendName } from "./select-route";
import { servers } from "./servers";
import { because, HaproxyArgument, HaproxyLine, HaproxySection, line, section, setHeader } from "./tree";

/**
 * The servers of an app, and what happens to requests on the way to them and to answers on the way back.
 *
 * @param routes those of the app's routes that come this way
 * @param answers what is done to all answers
 */
export function appBackend(
  routes: readonly SiteRoute[],
  hops: HopChain,
  web: Web,
  answers: readonly HaproxyLine[] = [],
): HaproxySection {
  const [first] = routes;
  if (!first) throw new Error("a backend is for one route at least");
  const { app } = first;
  const passing = routes.filter(({ route }) => route.security?.server === ServerHeader.App).map(aclOf);
  return section(
    ["backend", backendName(first)],
    [
      refuseDotSegments(),
      ...freshnessConditions(routes.map(({ route }) => route)),
      ...routes.flatMap((one) => routeLines(one, hops, routes.length > 1 ? aclOf(one) : undefined)),
      ...hiddenHeaders(passing),
      ...answers,
      ...(isCompressed(first) ? compression(web) : []),
      ...servers(app, homeOf({ ...app, routes: routes.map(({ route }) => route) })!),
    ],
  );
}

/** Holds for requests of a route. */
const aclOf = (one: SiteRoute): string => `route-${routeName(one).split(".")[1]}`;

/**
 * Dot segments are resolved by clients before they send a path. What arrives with one is meant to be read in two ways: we would
 * choose the app by one path and the app would answer another.
 */
function refuseDotSegments(): HaproxyLine {
  const dots = pattern`(?:/|%2[Ff])(?:\.|%2[Ee]){1,2}(?:/|%2[Ff]|$)`;
  return line("http-request", "deny", "deny_status", 400, "if", "{", "path", "-m", "reg", dots, "}");
}

/** What concerns one address. Where the app has several, each of its lines asks which of them it is. */
function routeLines(one: SiteRoute, hops: HopChain, ofRoute: OfRoute): HaproxyLine[] {
  const { route } = one;
  const asked = when(ofRoute);
  const seconds = `${readTimeoutSeconds(route, hops)}s`;
  const isNamed = ofRoute !== undefined || route.security?.server === ServerHeader.App;
  const lines = [
    ...(isNamed ? [line("acl", aclOf(one), "var(txn.route)", "-m", "str", routeName(one))] : []),
    ...routeRules(one, ofRoute),
    bodyLimit(route, hops, ofRoute),
    line("http-request", "set-timeout", "server", seconds, ...asked),
    ...(route.websocket
      ? [line("http-request", "set-timeout", "tunnel", seconds, ...asked)]
      : [line("http-request", "del-header", "Upgrade", ...asked)]),
    ...byEachWay(route, hops, ofRoute, (way, terms) => hostHeaders(route, way, terms)),
    ...(isStripped(route) ? strip(route, asked) : []),
    ...byEachWay(route, hops, ofRoute, (way, terms) => redirects(route, way, terms)),
  ];
  const where = `${route.domain}${route.pattern ?? route.path ?? "/"}`;
  return lines.map((inner, index) =>
    index === 0 ? because(inner.comment ? `${where}\n${inner.comment}` : where, inner) : inner,
  );
}

/** What differs by how a request has come: where a route answers by plain HTTP as well, each line asks for that. */
function byEachWay(
  { domain }: Route,
  hops: HopChain,
  ofRoute: OfRoute,
  lines: (hops: HopChain, asked: readonly HaproxyArgument[]) => HaproxyLine[],
): HaproxyLine[] {
  const ways = waysOf(domain, hops).filter(({ sentTo }) => sentTo === undefined);
  return ways.flatMap(({ isSecure, hops: seen }) =>
    lines(seen, ways.length === 1 ? when(ofRoute) : when(ofRoute, isSecure ? "{" : "!{", "ssl_fc", "}")),
  );
}

function hostHeaders({ domain }: Route, hops: HopChain, asked: readonly HaproxyArgument[]): HaproxyLine[] {
  const host = authority(hops, domain);
  return ["Host", "X-Forwarded-Host"].map((name) => setHeader("http-request", name, host, ...asked));
}

/** By what a request says of itself: what it brings without Content-Length is not counted. */
function bodyLimit(route: Route, hops: HopChain, ofRoute: OfRoute): HaproxyLine {
  const bytes = maxBodyMiB(route, hops) * 1024 * 1024;
  const tooLarge = ["{", "req.hdr_val(content-length)", "gt", bytes, "}"];
  return line("http-request", "deny", "deny_status", 413, ...when(ofRoute, ...tooLarge));
}

/** A slash, and a segment of a path with the slashes before it, in any spelling. */
const slash = "(?:/|%2[Ff])";
const segment = `${slash}+(?:(?!%2[Ff])[^/])+`;

/**
 * Takes the prefix off: the rest stays as the client wrote it. The route was found by the path that was made of it, so segments
 * are counted, however they are spelled.
 */
function strip(route: Route, asked: readonly HaproxyArgument[]): HaproxyLine[] {
  const path = route.path ?? "/";
  const segments = segment.repeat(path.split("/").length - 2);
  const prefix = path.slice(0, -1);
  return [
    setHeader("http-request", "X-Forwarded-Prefix", prefix, ...asked),
    line("http-request", "replace-path", { token: `^${segments}${slash}(.*)$` }, format`/\1`, ...asked),
    replace("Location", strippedRedirect(route.domain, path), replacement`${path}\1`, asked),
    replace("Set-Cookie", cookiePattern(path), replacement`\1${path}\2`, asked),
  ];
}

function replace(
  header: string,
  found: HaproxyArgument,
  put: HaproxyArgument,
  asked: readonly HaproxyArgument[],
): HaproxyLine {
  return line("http-response", "replace-header", header, found, put, ...asked);
}

/** A redirect to our own name or without a name, that does not have the prefix yet. `//` starts another host's name. */
function strippedRedirect(host: string, path: string): HaproxyArgument {
  return pattern`(?i)^(?:https?://${host}(?::\d+)?)?/(?!/|(?-i:${path.slice(1, -1)})(?:[/?#]|$))(.*)$`;
}

/** A cookie's path that does not have the prefix yet. */
function cookiePattern(path: string): HaproxyArgument {
  return pattern`^([^;]*;(?:.*;)?\s*(?i:path)=)/(?!${path.slice(1, -1)}(?:[/;\s]|$))(.*)$`;
}

/** Never to plain HTTP on our own name by an app that does not know of TLS. */
function redirects(route: Route, hops: HopChain, asked: readonly HaproxyArgument[]): HaproxyLine[] {
  const host = route.domain;
  const secure = replacement`${publicScheme(hops, host)}://${authority(hops, host)}\1`;
  return [replace("Location", pattern`(?i)^http://${host}(?::\d+)?((?:[/?#].*)?)$`, secure, asked)];
}
