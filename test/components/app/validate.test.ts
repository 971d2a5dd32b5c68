import assert from "node:assert/strict";
import fc from "fast-check";
import { App } from "../../../components/app/app";
import { validateApps } from "../../../components/app/validate";
import { sampleApp } from "./sample-app";
import { pathsOf, problemsOf } from "./validation/problems-of";

describe("validateApps", () => {
  it("finds nothing wrong with correct apps", () => {
    assert.deepEqual(problemsOf(sampleApp({ name: "one" }), sampleApp({ name: "two" })), []);
  });

  it("reports the faults of all apps at once", () => {
    const problems = pathsOf(
      sampleApp({ name: "One", debian: [12] }),
      sampleApp({
        name: "two",
        routes: [{ domain: "b.example", path: "reports" }],
        listen: { publicPorts: [443, 70000] },
      }),
      sampleApp({ name: "two", routes: [{ domain: "b.example", path: "/reports/" }], debian: [13] }),
    );
    assert.deepEqual(problems, [
      "apps[0].name",
      "apps[1].listen.publicPorts[1]",
      "apps[1].routes[0].path",
      "apps[1].listen.publicPorts[0]",
      "apps[2].name",
      "apps[2].routes[0].path",
      "apps[2].debian",
    ]);
  });

  for (const name of ["a", "a1", "shop-2", "a".repeat(24)]) {
    it(`takes the name ${name}`, () => {
      assert.deepEqual(problemsOf(sampleApp({ name })), []);
    });
  }

  for (const name of ["", "A", "1a", "a_b", "-a", "a-", "a--b", "a b", "a/b", "ä", "a\n"]) {
    it(`refuses the name ${JSON.stringify(name)}`, () => {
      assert.deepEqual(pathsOf(sampleApp({ name, routes: [{ domain: "a.example" }] })), ["apps[0].name"]);
    });
  }

  it("refuses a name that is too long, and counts it", () => {
    assert.deepEqual(problemsOf(sampleApp({ name: "a".repeat(25) })), [
      `apps[0].name: "${"a".repeat(25)}" has 25 characters; use at most 24`,
    ]);
  });

  it("takes no longer than linear in the number of apps", function () {
    this.timeout(20000);
    const apps = Array.from({ length: 10000 }, (_, i) =>
      sampleApp({ name: `app-${i}`, listen: { publicPorts: [1000 + i] } }),
    );
    const seconds = (count: number): number => {
      const runs = Array.from({ length: 5 }, () => {
        const started = performance.now();
        assert.deepEqual(validateApps(apps.slice(0, count)), []);
        return performance.now() - started;
      });
      return Math.min(...runs) / 1000;
    };
    seconds(1000); // warm
    const [thousand, tenThousand] = [seconds(1000), seconds(10000)];
    // Ten times the apps: a quadratic step would take a hundred times as long.
    assert.ok(tenThousand < 40 * thousand, `1,000 apps took ${thousand} s, 10,000 took ${tenThousand} s`);
  });

  it("says the same about the same apps in the same order", () => {
    const name = fc.stringMatching(/^[a-z]{1,2}$/);
    const app = fc.record({
      name,
      domain: name,
      path: fc.constantFrom("/", "/a/", "/a", "b"),
      port: fc.integer({ min: 79, max: 85 }),
    });
    fc.assert(
      fc.property(fc.array(app, { maxLength: 6 }), (descriptions) => {
        const apps = (): App[] =>
          descriptions.map(({ name, domain, path, port }) =>
            sampleApp({ name, routes: [{ domain, path }], listen: { publicPorts: [port] } }),
          );
        assert.deepEqual(validateApps(apps()), validateApps(apps()));
      }),
    );
  });
});
