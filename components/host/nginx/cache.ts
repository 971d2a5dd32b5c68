import { App } from "../../app/app";
import { Route, ServeBy } from "../../app/route/route";
import { CacheZone } from "../../app/route/cache";
import { Web } from "../../app/web";
import { HopChain, readTimeoutSeconds } from "../hops";
import { PlannedDirectory } from "../plan";
import { loginMaps, loginVariable } from "./cache-login";
import { literal } from "./expression";
import { map } from "./map";
import { routeVariable } from "./route-variable";
import { because, Directive, directive } from "./tree";

/** Folder of all zones; `landfall-cache` looks nowhere else. */
export const cacheRoot = "/var/cache/landfall";

/** A zone as nginx has it. Its name holds what a reload cannot change: the folder. */
interface NamedZone extends Omit<CacheZone, "name"> {
  zone: string;
}

/** nginx's name for the zone of a route: a shared one, or the app's own. */
const zoneOf = (app: App, route: Route): string =>
  route.cache?.zone === undefined ? `app-${app.name}` : `web-${route.cache.zone}`;

const keeps = (route: Route): boolean => route.cache !== undefined && route.serve !== ServeBy.Files;

/** The zones that routes use, sorted. */
function zones(apps: readonly App[], { caches = [] }: Web): NamedZone[] {
  const used = new Set(apps.flatMap((app) => (app.routes ?? []).filter(keeps).map((route) => zoneOf(app, route))));
  return [...used].sort().map((zone) => {
    const { keysMiB, maxMiB, inactiveSeconds } = caches.find(({ name }) => `web-${name}` === zone) ?? {};
    return { zone, keysMiB, maxMiB, inactiveSeconds };
  });
}

/** Whether anything is kept. */
export const hasCache = (apps: readonly App[]): boolean => apps.some((app) => (app.routes ?? []).some(keeps));

/** The folders of the zones: nobody but nginx's user can look into them. */
export function cacheDirectories(apps: readonly App[], web: Web): PlannedDirectory[] {
  if (!hasCache(apps)) return [];
  const own = { mode: "0700", owner: "www-data", group: "www-data" };
  return [
    { path: cacheRoot, mode: "0755", owner: "root", group: "root" },
    ...zones(apps, web).map(({ zone }) => ({ path: `${cacheRoot}/${zone}`, ...own })),
  ];
}

/** The zones, and how an answer says whether it was kept (RFC 9211). */
export function cacheZones(apps: readonly App[], web: Web): Directive[] {
  if (!hasCache(apps)) return [];
  return [
    ...zones(apps, web).map(({ zone, keysMiB = 10, maxMiB = 1024, inactiveSeconds = 864_000 }) =>
      directive(
        "proxy_cache_path",
        `${cacheRoot}/${zone}`,
        // 256 folders of 16 each: few files in each, however many there are.
        "levels=1:2",
        // Answers are written where they stay: from a folder elsewhere they could be copied, not moved.
        "use_temp_path=off",
        `keys_zone=${zone}:${keysMiB}m`,
        `max_size=${maxMiB}m`,
        // A full disk would take more than the cache with it.
        "min_free=256m",
        `inactive=${inactiveSeconds}s`,
      ),
    ),
    map({ token: "$upstream_cache_status" }, "cache_status", [
      ["HIT", "landfall; hit"],
      ["STALE", "landfall; hit; detail=stale"],
      ["UPDATING", "landfall; hit; detail=updating"],
      ["REVALIDATED", "landfall; fwd=stale; fwd-status=304"],
      ["EXPIRED", "landfall; fwd=stale"],
      ["BYPASS", "landfall; fwd=bypass"],
      ["MISS", "landfall; fwd=miss"],
    ]),
  ];
}

/**
 * Maps on which `cacheDirectives` relies. What may be kept is what everybody would get: nothing for somebody who is logged in, and
 * nothing that was asked for with a body or another method in a header, which the key does not hold. The host's own health check
 * goes to the app: what is kept says nothing about it.
 */
export function cacheMaps(app: App): Directive[] {
  const kept = (app.routes ?? []).filter(keeps);
  return [
    ...loginMaps(app),
    ...kept.flatMap((route) => [
      because(
        `what ${app.name} has to answer itself below ${route.path ?? "/"}`,
        map(
          { token: `$remote_addr|${loginVariable(app, route)}|${methodHeaders}|$content_length` },
          bypassVariable(app, route),
          [[{ token: "~^(?!127\\.0\\.0\\.1\\||::1\\|)[^|]*\\|\\|\\|0?$" }, ""]],
          1,
        ),
      ),
      ...(route.cache?.loginCookies
        ? [
            map(
              { token: `$request_method:$${bypassVariable(app, route)}` },
              cookieVariable(app, route),
              [[{ token: "~^(?:GET|HEAD):$" }, ""]],
              { token: "$http_cookie" },
            ),
          ]
        : []),
    ]),
  ];
}

const methodHeaders = "$http_x_http_method_override$http_x_http_method$http_x_method_override";
const bypassVariable = (app: App, route: Route): string => routeVariable("bypass", app, route);
const cookieVariable = (app: App, route: Route): string => routeVariable("cookies", app, route);

/**
 * Keeps the answers of a route. The key begins with the app, so that no app gets what was kept for another, and ends with the
 * origin that asks, which apps that allow some repeat in the answer. `landfall-cache` reads it.
 */
export function cacheDirectives(app: App, route: Route, hops: HopChain): Directive[] {
  const { cache } = route;
  if (!cache || !keeps(route)) return [];
  const timeout = `${readTimeoutSeconds(route, hops)}s`;
  const bypass = { token: `$${bypassVariable(app, route)}` };
  return [
    directive("proxy_cache", zoneOf(app, route)),
    directive("proxy_cache_key", { token: `${literal(app.name)} GET https://$host $request_uri $http_origin` }),
    ...(cache.keep ?? []).map(({ statuses, seconds }) => directive("proxy_cache_valid", ...statuses, `${seconds}s`)),
    directive("proxy_cache_bypass", bypass),
    directive("proxy_no_cache", bypass),
    directive("proxy_cache_revalidate", "on"),
    because("one request fetches what many ask for", directive("proxy_cache_lock", "on")),
    directive("proxy_cache_lock_timeout", timeout),
    directive("proxy_cache_lock_age", timeout),
    ...(cache.stale === false
      ? []
      : [
          directive("proxy_cache_use_stale", "error", "timeout", "updating", "http_502", "http_503", "http_504"),
          directive("proxy_cache_background_update", "on"),
        ]),
    because("kept as it is, compressed on the way", directive("proxy_set_header", "Accept-Encoding", "")),
    ...(cache.loginCookies
      ? [directive("proxy_set_header", "Cookie", { token: `$${cookieVariable(app, route)}` })]
      : []),
    directive("add_header", "Cache-Status", { token: "$cache_status" }, "always"),
  ];
}
