import { App } from "../app";
import { Route } from "../route/route";
import { nearest } from "../nearest";
import { at, Problem } from "../problem";
import { Cache, CacheTime, CacheZone } from "../route/cache";
import { Web } from "../web";
import { Report } from "./report";
import { checkDistinct, checkRange, checkWhole } from "./text";

/** What may be kept and given to others. No refusals, which are for one client, and no failures, which are soon over. */
const statuses = [200, 203, 204, 300, 301, 302, 303, 307, 308, 404, 405, 410, 451];

/** Checks what a route says about keeping its answers. Whether its zone exists is for `cacheProblems`. */
export function checkCache(cache: Cache, route: Route, report: Report): void {
  if (route.websocket)
    report.refuseUnseen("cannot keep what passes through a websocket", "give websockets a route of their own");
  (cache.keep ?? []).forEach((time, index) => checkTime(time, report.in("keep", index)));
  checkOnce(cache.keep ?? [], report.in("keep"));
  if (cache.loginCookies) checkCookies(cache.loginCookies, report.in("loginCookies"));
}

function checkTime(time: CacheTime, report: Report): void {
  if (time.statuses?.length === 0) report.in("statuses").refuse([], "is empty", `name some of ${statuses.join(", ")}`);
  (time.statuses ?? []).forEach((status, index) => {
    if (!statuses.includes(status))
      report
        .in("statuses", index)
        .refuse(status, "is no status whose answer is the same for everybody", `use some of ${statuses.join(", ")}`);
  });
  if (time.seconds !== undefined) checkWhole(time.seconds, 1, 31_536_000, "seconds", report.in("seconds"));
}

function checkOnce(keep: readonly CacheTime[], report: Report): void {
  const seen = new Set<number>();
  keep.forEach((time, index) =>
    (time.statuses ?? []).forEach((status, position) => {
      if (seen.has(status))
        report.in(index, "statuses", position).refuse(status, "has a time already", "leave one out");
      seen.add(status);
    }),
  );
}

function checkCookies(names: readonly string[], report: Report): void {
  if (names.length === 0)
    report.refuse([], "is empty, so nobody would ever be logged in", "leave it out: any cookie counts then");
  names.forEach((name, index) => {
    // A token of RFC 6265; a star is one of its characters, but is meant as a pattern.
    if (!/^[\w!#$%&'+.^`|~-]{1,128}$/.test(name))
      report.in(index).refuse(name, "is not the name of a cookie", "write its whole name; there are no patterns");
  });
  checkDistinct(names, report);
}

/** Checks the zones of a host's web server. */
export function checkZones(zones: readonly CacheZone[], report: Report): void {
  zones.forEach((zone, index) => {
    const place = report.in(index);
    if (zone.name !== undefined && !/^(?=.{1,24}$)[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(zone.name))
      place
        .in("name")
        .refuse(zone.name, "cannot name a folder", "use up to 24 lower case letters, digits and inner hyphens");
    // 1 GiB of memory has room for 8 million keys; a disk for more than 16 TiB is none of ours.
    checkRange(zone.keysMiB, [1, 1024], place.in("keysMiB"));
    checkRange(zone.maxMiB, [1, 16_777_216], place.in("maxMiB"));
    checkRange(zone.inactiveSeconds, [60, 31_536_000], place.in("inactiveSeconds"));
  });
  const names = zones.map(({ name }) => name);
  names.forEach((name, index) => {
    if (name !== undefined && names.indexOf(name) < index)
      report.in(index, "name").refuse(name, "is also the name of another zone", "give each a name of its own");
  });
}

/** The zones that routes name and that do not exist, and those that no route uses. */
export function cacheProblems(apps: readonly App[], { caches = [] }: Web): Problem[] {
  const known = caches.map(({ name }) => name);
  const used = new Set<string>();
  const unknown = apps.flatMap((app, index) =>
    (app.routes ?? []).flatMap(({ cache }, position): Problem[] => {
      const zone = cache?.zone;
      if (zone === undefined) return [];
      used.add(zone);
      if (known.includes(zone)) return [];
      const meant = nearest(zone, known);
      const fix =
        meant === undefined ? `add { name: ${JSON.stringify(zone)} } to web.caches` : `did you mean "${meant}"?`;
      const path = `${at(at(at("apps", index), "routes"), position)}.cache.zone`;
      return [{ path, value: zone, reason: "is no zone of web.caches", fix }];
    }),
  );
  const idle = known.flatMap((name, index): Problem[] =>
    used.has(name) || apps.length === 0
      ? []
      : [
          {
            path: `${at("web.caches", index)}.name`,
            value: name,
            reason: "is used by no route",
            fix: "name it as cache.zone of a route, or leave it out",
          },
        ],
  );
  return [...unknown, ...idle];
}
