import { App, Route } from "../../app/app";
import { authority, HopChain, publicScheme, readTimeoutSeconds } from "../hops";
import { expression, Expression, pattern, verbatim } from "./expression";
import { requestHeaders } from "./forwarded";
import { map } from "./map";
import { decodedPath } from "./path";
import { because, block, Directive, directive } from "./tree";
import { upstreamUrl } from "./upstreams";

/** Largest request body where a route does not say, in MiB. */
const maxBodyMiB = 10;

/** The location that hands a route's requests to its app. */
export function proxyLocation(app: App, route: Route, hops: HopChain): Directive {
  const path = route.path ?? "/";
  const timeout = `${readTimeoutSeconds(route)}s`;
  return block(
    "location",
    ["^~", verbatim(decodedPath(path))],
    [
      directive("client_max_body_size", `${route.maxBodyMiB ?? maxBodyMiB}m`),
      ...requestHeaders(route, hops),
      directive("proxy_read_timeout", timeout),
      directive("proxy_send_timeout", timeout),
      ...redirects(route, hops),
      ...(isStripped(route) ? strippedPass(app, route) : [directive("proxy_pass", upstreamUrl(app.name))]),
    ],
  );
}

/** Whether the app sees another path than the client. */
function isStripped(route: Route): boolean {
  return route.stripPrefix === true && (route.path ?? "/") !== "/";
}

/**
 * An app without its prefix. `rewrite` takes it off what nginx made of the path; where the client spelled the prefix as
 * we do, the rest is passed on as the client wrote it, so that `%2F` and `//` mean the same as without a prefix.
 */
function strippedPass(app: App, route: Route): Directive[] {
  const path = route.path ?? "/";
  return [
    directive("proxy_cookie_path", cookiePattern(path), expression`${path}$1`),
    directive("rewrite", pattern`^${decodedPath(path)}(.*)$`, expression`/$1`, "break"),
    directive("proxy_pass", { token: `${upstreamUrl(app.name).token}$${restVariable(app, route)}` }),
  ];
}

/** The part of the path after the prefix, as the client wrote it; empty where nginx had to interpret the path. */
export function restMaps(app: App): Directive[] {
  return (app.routes ?? []).filter(isStripped).map((route) => {
    const prefix = (route.path ?? "/").replace(/\/$/, "");
    const rest = pattern`~^${prefix}(?<landfall_rest>/(?![^?]*(?:/|%2[Ff])(?:\.|%2[Ee]))(?!\.|%2[Ee]).*)$`;
    return because(
      `what ${app.name} sees of ${route.path}; empty when there are dot segments, which nginx resolves first`,
      map(expression`$request_uri`, restVariable(app, route), [[rest, expression`$landfall_rest`]]),
    );
  });
}

function restVariable(app: App, route: Route): string {
  const index = (app.routes ?? []).indexOf(route);
  return `rest_${app.name.replaceAll("-", "_")}_${index}`;
}

/**
 * Redirects of the app, put right: below the prefix when it does not know of it, and never to plain HTTP on our own name
 * by an app that does not know of TLS.
 */
function redirects(route: Route, hops: HopChain): Directive[] {
  const path = route.path ?? "/";
  const host = route.domain;
  const secure = expression`${publicScheme}://${authority(hops, host)}$1`;
  return [
    ...(isStripped(route) ? [directive("proxy_redirect", strippedRedirect(host, path), expression`${path}$1`)] : []),
    directive("proxy_redirect", plainRedirect(host), secure),
  ];
}

/** A redirect to our own name or without a name, that does not have the prefix yet. `//` starts another host's name. */
function strippedRedirect(host: string, path: string): Expression {
  return pattern`~*^(?:https?://${host}(?::\d+)?)?/(?!/|${path.slice(1, -1)}(?:[/?#]|$))(.*)$`;
}

function plainRedirect(host: string): Expression {
  return pattern`~*^http://${host}(?::\d+)?((?:[/?#].*)?)$`;
}

/** A cookie's path that does not have the prefix yet. */
function cookiePattern(path: string): Expression {
  return pattern`~^/(?!${path.slice(1, -1)}(?:/|$))(.*)$`;
}
