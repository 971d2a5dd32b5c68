import { App } from "../../app/app";
import { Route } from "../../app/route/route";
import { authority, HopChain, maxBodyMiB, publicScheme, readTimeoutSeconds } from "../hops";
import { placeScheme } from "../places";
import { isStripped } from "../site-route";
import { failover, stayHeader, upstreamOf } from "./balance";
import { buffering } from "./buffering";
import { cacheDirectives } from "./cache";
import { expression, Expression, pattern } from "./expression";
import { requestHeaders } from "./forwarded";
import { freshAnswers } from "./freshness";
import { map } from "./map";
import { ownAnswersOf } from "./own-answers";
import { Place } from "./place";
import { isReadOnly, proxyRules, refusesByRequest } from "./route-rules";
import { routeVariable } from "./route-variable";
import { serversTls } from "./servers-tls";
import { because, block, Directive, directive } from "./tree";
import { Connection, connections } from "./upstreams";

/** The location that hands a route's requests to its app. */
export function proxyLocation(app: App, route: Route, hops: HopChain, place: Place): Directive {
  const path = route.path ?? "/";
  const timeout = `${readTimeoutSeconds(route, hops)}s`;
  return block("location", place, [
    ...proxyRules(app, route),
    directive("client_max_body_size", `${maxBodyMiB(route, hops)}m`),
    ...requestHeaders(route, hops),
    directive("proxy_read_timeout", timeout),
    directive("proxy_send_timeout", timeout),
    ...buffering(route),
    ...ownAnswersOf(app, route, hops),
    ...redirects(route, hops),
    ...(isStripped(route) ? [directive("proxy_cookie_path", cookiePattern(path), expression`${path}$1`)] : []),
    ...failover(app),
    ...serversTls(app, route),
    ...stayHeader(app),
    ...cacheDirectives(app, route, hops),
    ...freshAnswers(app, route),
    ...(route.compress === false ? [directive("gzip", "off")] : []),
    ...pass(app, route),
  ]);
}

/**
 * Hands over to the app. Reusing a connection saves a good part of the work, but an app that restarts may close it just
 * when a request is written to it. nginx repeats a GET on a new connection then; it must not repeat a POST, which may
 * have had its effect. So only methods that may be repeated use kept connections; the others open one, which waits in the
 * socket's queue while the app restarts: nothing fails.
 *
 * What refuses requests by their method or path is not asked in the block for other methods, which nginx takes for another
 * location. So routes that refuse have no such block: each request opens a connection, unless none but reading ones are left.
 */
function pass(app: App, route: Route): Directive[] {
  const rest = isStripped(route) ? `/$${restVariable(app, route)}` : "";
  const to = (connection: Connection): Directive =>
    directive("proxy_pass", { token: `${placeScheme(app)}://${upstreamOf(app, connection)}${rest}` });
  if (!connections(app).includes("kept")) return [to("fresh")];
  if (refusesByRequest(route)) return [to(isReadOnly(route) ? "kept" : "fresh")];
  return [to("kept"), block("limit_except", ["GET", "OPTIONS"], [to("fresh")])];
}

/**
 * What the app sees of a path whose prefix is stripped: the rest as the client wrote it, so that `%2F` and `//` mean the
 * same as without a prefix (`rewrite` would resolve them). nginx has found the location by the path it made of what the
 * client wrote, with percent signs resolved and slashes merged; so segments are counted, however they are spelled.
 */
export function restMaps(app: App): Directive[] {
  return (app.routes ?? []).filter(isStripped).map((route) => {
    const segments = Array((route.path ?? "/").split("/").length - 2)
      .fill(segment)
      .join("");
    const rest: Expression = { token: `~^${segments}${slash}(?<landfall_rest>.*)$` };
    return because(
      `what ${app.name} sees of ${route.path}`,
      map(expression`$request_uri`, restVariable(app, route), [[rest, expression`$landfall_rest`]]),
    );
  });
}

/** A slash, and a segment of a path with the slashes before it, in any spelling. */
const slash = "(?:/|%2[Ff])";
const segment = `${slash}+(?:(?!%2[Ff])[^/?])+`;

/**
 * Dot segments are resolved by clients before they send a path. What arrives with one is meant to be read in two ways:
 * nginx would choose the app by one path and the app would answer another.
 */
export function refuseDotSegments(): Directive {
  return block(
    "if",
    [expression`($request_uri`, "~", pattern`^[^?]*(?:/|%2[Ff])(?:\.|%2[Ee]){1,2}(?:/|%2[Ff]|\?|$)`, ")"],
    [directive("return", 400)],
  );
}

const restVariable = (app: App, route: Route): string => routeVariable("rest", app, route);

/**
 * Redirects of the app, put right: below the prefix when it does not know of it, and never to plain HTTP on our own name
 * by an app that does not know of TLS.
 */
function redirects(route: Route, hops: HopChain): Directive[] {
  const path = route.path ?? "/";
  const host = route.domain;
  const secure = expression`${publicScheme(hops, host)}://${authority(hops, host)}$1`;
  return [
    ...(isStripped(route) ? [directive("proxy_redirect", strippedRedirect(host, path), expression`${path}$1`)] : []),
    directive("proxy_redirect", plainRedirect(host), secure),
  ];
}

/** A redirect to our own name or without a name, that does not have the prefix yet. `//` starts another host's name. */
function strippedRedirect(host: string, path: string): Expression {
  return pattern`~*^(?:https?://${host}(?::\d+)?)?/(?!/|(?-i:${path.slice(1, -1)})(?:[/?#]|$))(.*)$`;
}

function plainRedirect(host: string): Expression {
  return pattern`~*^http://${host}(?::\d+)?((?:[/?#].*)?)$`;
}

/** A cookie's path that does not have the prefix yet. */
function cookiePattern(path: string): Expression {
  return pattern`~^/(?!${path.slice(1, -1)}(?:/|$))(.*)$`;
}
