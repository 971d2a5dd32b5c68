import { App } from "../../app/app";
import { ListenVia } from "../../app/listen";
import { Route } from "../../app/route/route";
import { socketPath } from "../../app/paths";
import { authority, HopChain, publicScheme, readTimeoutSeconds } from "../hops";
import { ownSocketPath } from "../systemd/own-socket";
import { isStripped, SiteRoute } from "../site-route";
import { prefixHeader } from "./forwarded";
import { freshAnswers } from "./freshness";
import { isMine, maxBodyBytes, prefixOf } from "./route";
import { ruleHeaders } from "./route-rules";
import { literalReplacement, quoted } from "./text";
import { apache, ApacheDirective, Evaluated, section } from "./tree";

/** Seconds that httpd waits for an app to take a connection. */
const connectSeconds = 5;

/**
 * Hands a route over to its app, the path as it is written (`nocanon`). A connection is not used again: an app that restarts
 * may close it just when a request is written to it. And an app that did not answer is asked again at once (`retry=0`),
 * not after a minute.
 *
 * @param place prefix of the paths that are handed over, or a variable that holds it. @default that of the route
 */
export function handOver(
  { app, route }: SiteRoute,
  hops: HopChain,
  place: string | Evaluated = prefixOf(route.path ?? "/"),
): ApacheDirective {
  return apache(
    "ProxyPass",
    place,
    `${address(app, route)}${isStripped(route) ? "" : prefixOf(route.path ?? "/")}`,
    ...(typeof place === "string" ? [] : ["interpolate"]),
    "nocanon",
    "disablereuse=On",
    "retry=0",
    `connectiontimeout=${connectSeconds}`,
    `timeout=${readTimeoutSeconds(route, hops)}`,
    ...(route.websocket ? ["upgrade=websocket"] : []),
  );
}

/** What holds for the requests of a route. */
export function proxySection(of: SiteRoute, hops: HopChain): ApacheDirective[] {
  const { route } = of;
  return [
    apache("AcceptPathInfo", "On"),
    apache("LimitRequestBody", maxBodyBytes(route, hops)),
    prefixHeader(isStripped(route) ? prefixOf(route.path ?? "/") : null),
    ...(isStripped(route) ? strippedAnswers(of) : []),
    ...ruleHeaders(of),
    ...freshAnswers(of),
  ];
}

/**
 * Where an app is reached. Each route has a name of its own: httpd keeps what it knows of an address (its timeout among it)
 * by that name, and two with the same one would share it.
 */
function address(app: App, route: Route): string {
  const name = `${app.name}-${(app.routes ?? []).indexOf(route)}`;
  switch (app.listen?.via ?? ListenVia.Activation) {
    case ListenVia.Port:
      if (app.listen?.port === undefined)
        throw new Error(`app ${app.name}: listen.port is missing; name the loopback port it listens on`);
      return `http://127.0.0.1:${app.listen.port}`;
    case ListenVia.Socket:
      return `unix:${ownSocketPath(app.name)}|http://${name}.localhost`;
    default:
      return `unix:${socketPath(app.name)}|http://${name}.localhost`;
  }
}

/**
 * Redirects and cookies of an app that does not know its prefix. `ProxyPassReverse` would put the prefix before a path that
 * has it already.
 */
function strippedAnswers(of: SiteRoute): ApacheDirective[] {
  const path = of.route.path ?? "/";
  const [host, name] = [quoted(of.route.domain), quoted(path.slice(1, -1))];
  const mine = `expr=${isMine(of)}`;
  const prefix = literalReplacement(path);
  return [
    apache(
      "Header",
      "edit",
      "Location",
      `(?i)^(?:https?://${host}(?::\\d+)?)?/(?!/|(?-i:${name})(?:[/?#]|$))(.*)$`,
      `${prefix}$1`,
      mine,
    ),
    apache("Header", "edit", "Set-Cookie", `(?i)(;\\s*path=)/(?!(?-i:${name})(?:[/;]|$))`, `$1${prefix}`, mine),
  ];
}

/** Redirects of any app to plain HTTP on our own name, by an app that does not know of TLS. */
export function secureRedirects(domain: string, hops: HopChain): ApacheDirective {
  const secure = `${publicScheme(hops, domain)}://${literalReplacement(authority(hops, domain))}$1`;
  return apache("Header", "edit", "Location", `(?i)^http://${quoted(domain)}(?::\\d+)?((?:[/?#].*)?)$`, secure);
}

/** The section of a path: its requests, and those of the routes below it, whose sections come later and prevail. */
export function locationOf(path: string, directives: readonly ApacheDirective[]): ApacheDirective {
  const prefix = prefixOf(path);
  if (/^[\w./~-]*$/.test(path)) return section("Location", [prefix], directives);
  // Location would read some letters as wild cards.
  return section("LocationMatch", [`^${quoted(prefix)}(?:/|$)`], directives);
}
