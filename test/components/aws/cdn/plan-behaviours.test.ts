import assert from "node:assert/strict";
import fc from "fast-check";
import { App } from "../../../../components/app/app";
import { Route, ServeBy } from "../../../../components/app/route/route";
import { anyPath, PlannedBehaviour, planBehaviours } from "../../../../components/aws/cdn/plan-behaviours";
import { gitApp } from "../sample-place";

const domain = "www.example.com";
const files = (path: string, more: Partial<Route> = {}): Route => ({ domain, path, serve: ServeBy.Files, ...more });
const proxied = (path: string, more: Partial<Route> = {}): Route => ({ domain, path, ...more });
const of = (...routes: Route[]): App[] => [gitApp({ routes })];

const planned = (apps: readonly App[], domains = [domain]): string[] => {
  const { behaviours, problems } = planBehaviours(apps, domains);
  assert.deepEqual(problems, []);
  return behaviours.map(({ pattern, isKept }) => `${pattern} ${isKept ? "kept" : "passed on"}`);
};

/** What is done with a request, by the behaviours in their order. */
function meets(path: string, behaviours: readonly PlannedBehaviour[]): boolean {
  const found = behaviours.find(({ pattern }) =>
    pattern.endsWith("*") ? path.startsWith(pattern.slice(0, -1)) : path === pattern,
  );
  return found!.isKept;
}

describe("planBehaviours", () => {
  it("needs one behaviour for apps alone, however many paths they have", () =>
    assert.deepEqual(planned(of(proxied("/"), proxied("/board/"), proxied("/chat/"))), ["* passed on"]));

  it("needs none for expressions without files, and cannot tell them from files", () => {
    const expression = { domain, pattern: "/v\\d/" };
    assert.deepEqual(planned(of(proxied("/"), expression)), ["* passed on"]);
    assert.deepEqual(
      planBehaviours(of(files("/"), expression), [domain]).problems.map(({ path }) => path),
      ["apps[0].routes[1].pattern"],
    );
  });

  it("keeps files, and nothing else", () =>
    assert.deepEqual(planned(of(proxied("/"), files("/docs/"))), ["/docs/* kept", "* passed on"]));

  it("keeps nothing of a domain without a route for all paths", () =>
    assert.deepEqual(planned(of(files("/docs/"))), ["/docs/* kept", "* passed on"]));

  it("lets any method through to an app below files, at the path without its slash too", () =>
    assert.deepEqual(planned(of(files("/"), proxied("/app/"))), ["/app passed on", "/app/* passed on", "* kept"]));

  it("asks for longer paths first", () =>
    assert.deepEqual(planned(of(proxied("/"), files("/docs/"), proxied("/docs/api/"), files("/docs/api/v1/"))), [
      "/docs/api/v1/* kept",
      "/docs/api passed on",
      "/docs/api/* passed on",
      "/docs/* kept",
      "* passed on",
    ]));

  it("is the same in any order of the apps", () => {
    const apps = ["/", "/a/", "/b/"].map((path, index) =>
      gitApp({ name: `app${index}`, routes: [index === 1 ? files(path) : proxied(path)] }),
    );
    assert.deepEqual(planned([...apps].reverse()), planned(apps));
  });

  it("says of one path that it is files below one domain and an app below another", () => {
    const apps = [
      gitApp({ name: "shop", routes: [proxied("/")] }),
      gitApp({ name: "docs", routes: [files("/", { domain: "docs.example.com" })] }),
    ];
    assert.deepEqual(planBehaviours(apps, [domain, "docs.example.com"]).problems, [
      {
        path: "apps[1].routes[0]",
        value: "/",
        reason:
          'is answered by "www.example.com/" (an app) of apps[0].routes[0] and by "docs.example.com/" (files), and ' +
          "CloudFront tells paths, not domains",
        fix: 'put another Cdn before one of them, by domains: ["docs.example.com"]',
      },
    ]);
  });

  it("says so of a path that the other domain has within a shorter one", () => {
    const apps = of(proxied("/"), proxied("/", { domain: "a.example.com" }), files("/docs/"));
    const [problem] = planBehaviours(apps, [domain, "a.example.com"]).problems;
    assert.equal(problem?.path, "apps[0].routes[1]");
    assert.match(problem?.reason ?? "", /"www.example.com\/docs\/" \(files\).*"a.example.com\/" \(an app\)/);
  });

  it("leaves out domains that it does not answer for", () => {
    const apps = of(proxied("/"), files("/", { domain: "docs.example.com" }));
    assert.deepEqual(planned(apps, [domain]), ["* passed on"]);
    assert.deepEqual(planned(apps, ["docs.example.com"]), ["* kept"]);
  });

  it("refuses a path that CloudFront cannot match, where it has to be matched", () => {
    const strange = "/v1(;)/";
    assert.deepEqual(planned(of(proxied("/"), proxied(strange))), ["* passed on"]);
    assert.deepEqual(planBehaviours(of(proxied("/"), files(strange)), [domain]).problems, [
      {
        path: "apps[0].routes[1].path",
        value: strange,
        reason: "has characters that CloudFront does not match",
        fix: "use letters, digits and _-.$~\"'@:+&",
      },
    ]);
  });

  it("refuses a path that is too long for CloudFront", () => {
    const path = (letters: number): string => `/${"a".repeat(letters - 2)}/`;
    assert.deepEqual(planned(of(proxied("/"), files(path(254)))).length, 2);
    const [problem] = planBehaviours(of(proxied("/"), files(path(255))), [domain]).problems;
    assert.equal(problem?.reason, "has 255 characters or more");
  });

  it("does with any request what nginx's longest prefix would have it do", () => {
    const segment = fc.constantFrom("a", "ab", "b");
    const path = fc.array(segment, { maxLength: 3 }).map((parts) => `/${parts.map((part) => `${part}/`).join("")}`);
    const routes = fc.uniqueArray(fc.tuple(path, fc.boolean()), { selector: ([one]) => one, minLength: 1 });
    fc.assert(
      fc.property(routes, path, (described, asked) => {
        const { behaviours } = planBehaviours(
          of(...described.map(([one, isKept]) => (isKept ? files(one) : proxied(one)))),
          [domain],
        );
        const [, expected = false] =
          described.filter(([one]) => asked.startsWith(one)).sort(([a], [b]) => b.length - a.length)[0] ?? [];
        assert.equal(meets(`${asked}x`, behaviours), expected);
        // The redirect to the slash is never in the way of a POST to an app.
        if (!expected && asked !== "/" && described.some(([one]) => one === asked))
          assert.equal(meets(asked.slice(0, -1), behaviours), false);
        assert.equal(behaviours.at(-1)?.pattern, anyPath);
      }),
    );
  });
});
