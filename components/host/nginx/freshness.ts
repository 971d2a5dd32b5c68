import { App } from "../../app/app";
import { Route, ServeBy } from "../../app/route/route";
import { Freshness } from "../../app/route/freshness";
import { loginVariable } from "./cache-login";
import { pattern } from "./expression";
import { map } from "./map";
import { routeVariable } from "./route-variable";
import { Directive, directive } from "./tree";

/** For how long a route's files may be used. */
export function freshFiles(app: App, route: Route): Directive[] {
  return [directive("add_header", "Cache-Control", { token: `$${filesVariable(app, route)}` })];
}

/** For how long an app's answers may be used, where it does not say so itself. */
export function freshAnswers(app: App, route: Route): Directive[] {
  return route.freshness
    ? [directive("add_header", "Cache-Control", { token: `$${answersVariable(app, route)}` })]
    : [];
}

/** Maps on which these rely. */
export function freshnessMaps(app: App): Directive[] {
  return (app.routes ?? []).flatMap((route) => [
    ...(route.freshness && (route.serve ?? ServeBy.Proxy) !== ServeBy.Proxy
      ? [filesMap(app, route, route.freshness)]
      : []),
    ...(route.freshness && route.serve !== ServeBy.Files ? [answersMap(app, route, route.freshness)] : []),
  ]);
}

const filesVariable = (app: App, route: Route): string => routeVariable("fresh_files", app, route);
const answersVariable = (app: App, route: Route): string => routeVariable("fresh", app, route);

/** An answer that says "not changed" has no content type: pages are told by their names then. */
function filesMap(app: App, route: Route, freshness: Freshness): Directive {
  return map(
    { token: "$sent_http_content_type:$uri" },
    filesVariable(app, route),
    [[pattern`~^(?:text/html|:.*(?:\.html?|/)$)`, cacheControl(freshness, freshness.pageSeconds ?? 0)]],
    cacheControl(freshness, freshness.seconds),
  );
}

/**
 * What the app says counts. An answer that sets a cookie, or to somebody who has one, is that browser's alone: a CDN would give it
 * to others. Without a content type ("not changed") it may be a page.
 */
function answersMap(app: App, route: Route, freshness: Freshness): Directive {
  const own: Freshness = { ...freshness, private: true };
  const pageSeconds = freshness.pageSeconds ?? freshness.seconds;
  const said = "$upstream_http_cache_control$upstream_http_expires|$upstream_http_set_cookie";
  return map(
    { token: `${said}|${loginVariable(app, route)}|$sent_http_content_type` },
    answersVariable(app, route),
    [
      [pattern`~^[^|]`, ""],
      [pattern`~^\|\|\|(?:text/html|$)`, cacheControl(freshness, pageSeconds)],
      [pattern`~^\|\|\|`, cacheControl(freshness, freshness.seconds)],
      [pattern`~\|(?:text/html[^|]*)?$`, cacheControl(own, pageSeconds)],
    ],
    cacheControl(own, freshness.seconds),
  );
}

/** The header's value (RFC 9111, 5861 and 8246). */
export function cacheControl(freshness: Freshness, seconds: number): string {
  const shared = freshness.private ? undefined : freshness.sharedSeconds;
  if (seconds === 0 && !shared) return freshness.private ? "private, no-cache" : "no-cache";
  return [
    freshness.private ? "private" : "public",
    `max-age=${seconds}`,
    ...(shared === undefined ? [] : [`s-maxage=${shared}`]),
    ...(freshness.staleSeconds ? [`stale-while-revalidate=${freshness.staleSeconds}`] : []),
    ...(freshness.immutable && seconds > 0 ? ["immutable"] : []),
  ].join(", ");
}
