import assert from "node:assert/strict";
import fc from "fast-check";
import { App } from "../../../../components/app/app";
import { Route, ServeBy } from "../../../../components/app/route/route";
import { Cache, CacheZone } from "../../../../components/app/route/cache";
import { Files, FilesFrom } from "../../../../components/app/route/files";
import { Freshness } from "../../../../components/app/route/freshness";
import { validateApps } from "../../../../components/app/validate";
import { cacheProblems } from "../../../../components/app/validation/cache";
import { webProblems } from "../../../../components/app/validation/web";
import { Web } from "../../../../components/app/web";
import { RunningNginx } from "./running-nginx";

const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(value, { nil: undefined });
const seconds = fc.nat(31_536_000);

const freshness: fc.Arbitrary<Freshness> = fc
  .record({
    seconds: seconds.map((value) => value + 1).filter((value) => value <= 31_536_000),
    pageSeconds: maybe(seconds),
    staleSeconds: maybe(seconds),
    private: maybe(fc.constant(true)),
    immutable: maybe(fc.boolean()),
  })
  .chain((one) =>
    one.private ? fc.constant(one) : maybe(seconds).map((sharedSeconds) => ({ ...one, sharedSeconds })),
  );

const index = fc.uniqueArray(fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9._-]{0,12}$/), { minLength: 1, maxLength: 4 });
const cookie = fc.stringMatching(/^[\w!#$%&'+.^`|~-]{1,12}$/);
const cacheStatuses = [200, 203, 204, 300, 301, 302, 303, 307, 308, 404, 405, 410, 451];
const zoneName = fc.stringMatching(/^[a-z][a-z0-9]{0,6}(-[a-z0-9]{1,6}){0,2}$/);

const zone: fc.Arbitrary<Omit<CacheZone, "name">> = fc.record({
  keysMiB: maybe(fc.integer({ min: 1, max: 4 })),
  maxMiB: maybe(fc.integer({ min: 1, max: 16_777_216 })),
  inactiveSeconds: maybe(fc.integer({ min: 60, max: 31_536_000 })),
});

const cacheOf = (zones: readonly string[]): fc.Arbitrary<Cache> =>
  fc.record({
    zone: maybe(fc.constantFrom(...zones)),
    keep: maybe(
      fc
        .tuple(
          fc.uniqueArray(fc.constantFrom(...cacheStatuses), { minLength: 1 }),
          fc.integer({ min: 1, max: 31_536_000 }),
        )
        .map(([statuses, kept]) => [{ statuses, seconds: kept }]),
    ),
    loginCookies: maybe(fc.uniqueArray(cookie, { minLength: 1, maxLength: 3 })),
    stale: maybe(fc.boolean()),
  });

const path = fc.stringMatching(/^[A-Za-z0-9\-._~!$&'()*+,;=:@]{1,12}$/).filter((segment) => !/^\.\.?$/.test(segment));
const folder = fc.constantFrom("public", "a b", "$x", "it's", 'quo"te', "ü", "x;y{z}");

function routeOf(zones: readonly string[]): fc.Arbitrary<Omit<Route, "path" | "domain">> {
  const files: fc.Arbitrary<[string, Files["from"]]> = fc.oneof(
    folder.map((name): [string, undefined] => [name, undefined]),
    fc.constant<[string, Files["from"]]>(["media", FilesFrom.Data]),
    folder.map((name): [string, Files["from"]] => [`/srv/${name}`, FilesFrom.Host]),
  );
  const served = fc
    .tuple(files, maybe(index), maybe(fc.boolean()))
    .map(([[directory, from], names, precompressed]) => ({ directory, files: { from, index: names, precompressed } }));
  const common = fc.record({
    freshness: maybe(freshness),
    compress: maybe(fc.boolean()),
    stripPrefix: maybe(fc.boolean()),
  });
  const proxied = fc.record({ cache: maybe(cacheOf(zones)) });
  return fc.oneof(
    fc.tuple(common, proxied).map(([one, other]) => ({ ...one, ...other })),
    fc.tuple(common, served).map(([one, other]) => ({ ...one, ...other, serve: ServeBy.Files })),
    fc
      .tuple(common, proxied, served)
      .map(([one, two, three]) => ({ ...one, ...two, ...three, serve: ServeBy.FilesFirst })),
  );
}

const host: fc.Arbitrary<{ apps: App[]; web: Web }> = fc
  .tuple(fc.uniqueArray(zoneName, { minLength: 1, maxLength: 3 }), zone)
  .chain(([zones, size]) =>
    fc
      .tuple(
        fc.array(routeOf(zones), { minLength: 1, maxLength: 6 }),
        fc.uniqueArray(path, { minLength: 6, maxLength: 6 }),
        maybe(fc.integer({ min: 1, max: 3600 })),
      )
      .map(([routes, paths, keepAliveSeconds]) => {
        const used = zones.filter((name) => routes.some(({ cache }) => cache?.zone === name));
        const web: Web = {
          caches: used.map((name) => ({ name, ...size })),
          compressTypes: ["application/vnd.nextthought.workspace+json", "text/css"],
          keepAliveSeconds,
        };
        const app: App = {
          name: "any",
          source: { directory: "apps/any" },
          process: { command: ["serve"] },
          data: ["media"],
          routes: routes.map((route, i) => ({ domain: "a.example", path: `/${paths[i]}/`, ...route })),
        };
        return { apps: [JSON.parse(JSON.stringify(app)) as App], web: JSON.parse(JSON.stringify(web)) as Web };
      }),
  );

describe("files and caches of any kind", function () {
  this.timeout(120_000);

  it("are taken by nginx without a word", async () => {
    await fc.assert(
      fc.asyncProperty(host, async ({ apps, web }) => {
        assert.deepEqual([...validateApps(apps), ...webProblems(web), ...cacheProblems(apps, web)], []);
        assert.equal(RunningNginx.check(apps, web), "");
      }),
      { numRuns: 60 },
    );
  });
});
