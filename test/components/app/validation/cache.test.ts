import assert from "node:assert/strict";
import { Route } from "../../../../components/app/route/route";
import { problemText } from "../../../../components/app/problem";
import { Cache } from "../../../../components/app/route/cache";
import { cacheProblems } from "../../../../components/app/validation/cache";
import { webProblems } from "../../../../components/app/validation/web";
import { Web } from "../../../../components/app/web";
import { keepAliveProblems } from "../../../../components/host/keep-alive-problems";
import { sampleApp } from "../sample-app";
import { pathsOf, problemsOf } from "./problems-of";

const route = (cache: Cache, more: Partial<Route> = {}) =>
  sampleApp({ routes: [{ domain: "a.example", cache, ...more }] });
const told = (cache: Cache) => pathsOf(route(cache)).map((path) => path.replace("apps[0].routes[0].cache.", ""));

describe("the cache of a route", () => {
  it("may be said in full", () =>
    assert.deepEqual(
      problemsOf(
        route({
          keep: [
            { statuses: [200, 301], seconds: 600 },
            { statuses: [404], seconds: 1 },
          ],
          loginCookies: ["a.b"],
        }),
      ),
      [],
    ));

  it("is none of a websocket's", () =>
    assert.deepEqual(problemsOf(route({}, { websocket: true })), [
      "apps[0].routes[0].cache: cannot keep what passes through a websocket; give websockets a route of their own",
    ]));

  it("keeps no refusals, failures and parts", () =>
    assert.deepEqual(
      told({ keep: [{ statuses: [401, 403, 206, 500, 200], seconds: 1 }] }),
      [0, 1, 2, 3].map((i) => `keep[0].statuses[${i}]`),
    ));

  it("has one time for a status", () =>
    assert.deepEqual(
      told({
        keep: [
          { statuses: [200], seconds: 1 },
          { statuses: [301, 200], seconds: 2 },
        ],
      }),
      ["keep[1].statuses[1]"],
    ));

  it("keeps for a time, and for some status", () =>
    assert.deepEqual(told({ keep: [{ statuses: [], seconds: 0 }] }), ["keep[0].statuses", "keep[0].seconds"]));

  it("knows cookies by their names", () => {
    assert.deepEqual(
      told({ loginCookies: ["a b", "a=b", "", "wordpress_*", "é"] }),
      [0, 1, 2, 3, 4].map((i) => `loginCookies[${i}]`),
    );
    assert.deepEqual(told({ loginCookies: [] }), ["loginCookies"]);
  });
});

describe("the zones of caches", () => {
  const problems = (zone: string | undefined, web: Web): string[] =>
    cacheProblems([route({ zone })], web).map((problem) => `${problem.path}: ${problemText(problem)}`);

  it("are those that routes name", () => {
    assert.deepEqual(problems(undefined, {}), []);
    assert.deepEqual(problems("pages", { caches: [{ name: "pages" }] }), []);
    assert.deepEqual(problems("page", { caches: [{ name: "pages" }] }), [
      'apps[0].routes[0].cache.zone: "page" is no zone of web.caches; did you mean "pages"?',
      'web.caches[0].name: "pages" is used by no route; name it as cache.zone of a route, or leave it out',
    ]);
    assert.deepEqual(problems("pages", {}), [
      'apps[0].routes[0].cache.zone: "pages" is no zone of web.caches; add { name: "pages" } to web.caches',
    ]);
  });

  it("have names for folders, and bounds", () => {
    const caches = [{ name: "../x" }, { name: "a", keysMiB: 0, maxMiB: 0.5, inactiveSeconds: 1 }, { name: "a" }];
    assert.deepEqual(
      webProblems({ caches }).map(({ path }) => path),
      [
        "web.caches[0].name",
        "web.caches[1].keysMiB",
        "web.caches[1].maxMiB",
        "web.caches[1].inactiveSeconds",
        "web.caches[2].name",
      ],
    );
  });
});

describe("what is said once about serving", () => {
  it("has types without wildcards and parameters, each once", () => {
    const compressTypes = ["text/*", "*/*", "json", "text/html; charset=utf-8", "a/b;", "a/b", "a/b"];
    assert.deepEqual(
      webProblems({ compressTypes }).map(({ path }) => path),
      [0, 1, 2, 3, 4, 6].map((i) => `web.compressTypes[${i}]`),
    );
  });

  it("keeps connections for longer than the hop in front does", () => {
    const front = [
      { name: "balancer", addresses: ["10.0.0.0/8"], idleSeconds: 60, keepSeconds: 60, answerSeconds: 60 },
    ];
    const hops = { publicHttpPort: 80, publicHttpsPort: 443, front };
    const [problem, ...more] = keepAliveProblems({ keepAliveSeconds: 60 }, hops);
    assert.deepEqual([problem?.path, more], ["web.keepAliveSeconds", []]);
    assert.deepEqual(keepAliveProblems({ keepAliveSeconds: 61 }, hops), []);
    assert.deepEqual(keepAliveProblems({ keepAliveSeconds: 5 }, { ...hops, front: [] }), []);
    assert.deepEqual(
      webProblems({ keepAliveSeconds: 0 }).map(({ path }) => path),
      ["web.keepAliveSeconds"],
    );
  });
});
