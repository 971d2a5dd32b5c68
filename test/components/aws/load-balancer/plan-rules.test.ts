import assert from "node:assert/strict";
import fc from "fast-check";
import { App } from "../../../../components/app/app";
import { Route } from "../../../../components/app/route/route";
import { PlannedRule, planRules } from "../../../../components/aws/load-balancer/plan-rules";
import { quotas } from "../../../../components/aws/load-balancer/quotas";

const app = (name: string, ...routes: Route[]): App => ({ name, source: {}, routes });
const domain = "www.example.com";
const said = (apps: App[], priorities?: Record<string, number>): string[] =>
  planRules(apps, priorities).problems.map(
    ({ path, value, reason, fix }) => `${path} ${String(value)} ${reason}; ${fix}`,
  );

const segment = fc.stringMatching(/^[a-z0-9][a-z0-9.-]{0,6}$/);
const path = fc.array(segment, { maxLength: 7 }).map((segments) => ["", ...segments, ""].join("/"));
const host = fc.constantFrom("www.example.com", "api.example.com", "example.org");
const routes = fc.uniqueArray(fc.record({ domain: host, path }), {
  maxLength: 30,
  selector: (route) => route.domain + route.path,
});
const byKey = (rules: readonly PlannedRule[]): Map<string, PlannedRule> =>
  new Map(rules.map((rule) => [rule.key, rule]));

describe("planRules", () => {
  it("sends a domain, and a path with and without its last slash, to the app", () => {
    const { rules, problems } = planRules([app("root", { domain }), app("shop", { domain, path: "/shop/" })]);
    assert.deepEqual(problems, []);
    assert.deepEqual(
      rules.map(({ priority: _, ...rest }) => rest),
      [
        { key: "www.example.com/", app: "root", domain, paths: [] },
        { key: "www.example.com/shop/", app: "shop", domain, paths: ["/shop", "/shop/*"] },
      ],
    );
  });

  it("has a rule for each host name that a star stands for", () => {
    const { rules } = planRules([app("root", { domain }), app("api", { domain: "*.example.com", path: "/api/" })]);
    assert.deepEqual(
      rules.map(({ key }) => key),
      ["www.example.com/", "www.example.com/api/"],
    );
  });

  it("has none for an expression", () =>
    assert.deepEqual(said([app("root", { domain }, { domain, pattern: "/v\\d/" })]), [
      "apps[0].routes[1].pattern /v\\d/ cannot be a rule of a load balancer; give a route with a path for each of its beginnings",
    ]));

  it("never changes a rule because another one is there", () => {
    fc.assert(
      fc.property(routes, fc.nat(), (all, skipped) => {
        const rest = all.filter((_, index) => index !== skipped % Math.max(1, all.length));
        const whole = byKey(planRules([app("a", ...all)]).rules);
        for (const rule of planRules([app("a", ...rest)]).rules) assert.deepEqual(rule, whole.get(rule.key));
      }),
    );
  });

  it("does not depend on the order of apps and routes", () => {
    fc.assert(
      fc.property(routes, (all) => {
        const [there, back] = [planRules([app("a", ...all)]), planRules([app("a", ...[...all].reverse())])];
        assert.deepEqual(byKey(there.rules), new Map([...byKey(back.rules)].reverse()));
      }),
    );
  });

  it("asks the deeper one of two paths that match a request first", () => {
    fc.assert(
      fc.property(path, fc.array(segment, { minLength: 1, maxLength: 3 }), (outer, more) => {
        const inner = `${outer}${more.join("/")}/`;
        fc.pre(inner.split("/").length - 2 <= 7);
        const rules = byKey(planRules([app("a", { domain, path: outer }, { domain, path: inner })]).rules);
        assert.ok(rules.get(domain + inner)!.priority < rules.get(domain + outer)!.priority);
      }),
    );
  });

  it("gives priorities that AWS knows, each to one rule unless it says so, and few values", () => {
    fc.assert(
      fc.property(routes, (all) => {
        const { rules, problems } = planRules([app("a", ...all)]);
        for (const { priority, paths } of rules) {
          assert.ok(Number.isInteger(priority) && priority >= 1 && priority <= 50_000);
          assert.ok(1 + paths.length <= 5, "condition values per rule");
        }
        const met = rules.length - new Set(rules.map(({ priority }) => priority)).size;
        assert.equal(problems.length, met);
      }),
    );
  });

  describe("when two rules have the same priority by chance", () => {
    /** Two domains that meet, found by trying. */
    const meeting = (): [string, string] => {
      const seen = new Map<number, string>();
      for (let number = 0; ; number++) {
        const name = `s${number}.example.com`;
        const { priority } = planRules([app("a", { domain: name })]).rules[0]!;
        const other = seen.get(priority);
        if (other) return [other, name];
        seen.set(priority, name);
      }
    };
    const [one, other] = meeting();
    const apps = [app("a", { domain: one }), app("b", { domain: other })];

    it("moves neither, and says what to write", () => {
      const { rules } = planRules(apps);
      const { priority } = rules[0]!;
      assert.equal(rules[1]!.priority, priority);
      assert.deepEqual(said(apps), [
        `apps[1].routes[0] ${other}/ has the priority ${priority} of "${one}/"; ` +
          `choose another one: priorities: { "${other}/": ${priority === 50_000 ? 20_001 : priority + 1} }`,
      ]);
    });

    it("takes what it said to write", () => {
      const [, number = ""] = /: (\d+) }/.exec(said(apps)[0]!) ?? [];
      assert.deepEqual(said(apps, { [`${other}/`]: Number(number) }), []);
    });

    it("happens less than once in 500 with ten domains", () => {
      // 45 pairs share the priorities of whole domains.
      const priorities = 50_000 - 20_000;
      assert.ok((10 * 9) / 2 / priorities < 1 / 500);
    });
  });

  it("always has a free priority to name, with as many rules as a balancer may have", () => {
    const deep = Array.from({ length: quotas.rules }, (_, index) => ({ domain, path: `/a/b/c/d/e/f/g${index}/` }));
    const taken = planRules([app("a", ...deep)]);
    assert.equal(taken.rules.length, quotas.rules);
    assert.ok(taken.problems.every(({ fix }) => / \d+ }$/.test(fix)));
  });

  it("refuses a priority that would change which rule is asked first, and one for no route", () => {
    assert.deepEqual(
      said([app("a", { domain, path: "/shop/" })], { "www.example.com/shop/": 30_000, "example.com/": 1 }),
      [
        'priorities["www.example.com/shop/"] 30000 would not be asked after deeper paths and before shorter ones; use 8001 to 20000',
        'priorities["example.com/"] 1 is for no route; write domain and path of one, e.g. "www.example.com/reports/"',
      ],
    );
  });

  it("refuses domains and paths that no rule of a balancer can tell", () => {
    const long = `/${"x".repeat(127)}/`;
    assert.deepEqual(
      said([
        app("a", { domain: "demo.localhost" }, { domain: "localhost" }, { domain: "пример.xn--p1ai" }),
        app("b", { domain, path: "/a*/" }, { domain, path: "/a(b)/" }, { domain, path: long }),
        app("c", { domain, path: "/1/2/3/4/5/6/7/8/" }),
      ]).map((text) => text.replace(/;.*$/, "").replace(long, "…")),
      [
        "apps[0].routes[1].domain localhost does not end in letters behind a dot",
        "apps[0].routes[2].domain пример.xn--p1ai does not end in letters behind a dot",
        "apps[1].routes[0].path /a*/ has characters that no rule of a load balancer matches",
        "apps[1].routes[1].path /a(b)/ has characters that no rule of a load balancer matches",
        "apps[1].routes[2].path … has 128 characters or more",
        "apps[2].routes[0].path /1/2/3/4/5/6/7/8/ has 8 segments",
      ],
    );
  });
});
