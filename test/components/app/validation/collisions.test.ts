import assert from "node:assert/strict";
import fc from "fast-check";
import { ListenVia } from "../../../../components/app/listen";
import { Route } from "../../../../components/app/route/route";
import { validateApps } from "../../../../components/app/validate";
import { sampleApp } from "../sample-app";
import { pathsOf, problemsOf } from "./problems-of";

const at = (name: string, ...routes: Partial<Route>[]) =>
  sampleApp({ name, routes: routes.map((route) => ({ domain: "a.example", ...route })) });

describe("two apps of one host", () => {
  it("have names of their own", () => {
    const [first, second] = [sampleApp({ name: "shop" }), { ...sampleApp({ name: "shop" }), routes: [] }];
    assert.deepEqual(problemsOf(first, second), [
      'apps[1].name: "shop" is also the name of apps[0], and names user, units, folders and socket; give each app a name of its own',
    ]);
  });

  it("answer at places of their own", () => {
    assert.deepEqual(problemsOf(at("shop", { path: "/reports/" }), at("dashboard", { path: "/reports/" })), [
      'apps[1].routes[0].path: "/reports/" on a.example overlaps "/reports/" of app \'shop\' (apps[0].routes[0]); give one of them another prefix',
    ]);
  });

  it("collide when they differ by a slash only", () => {
    assert.deepEqual(problemsOf(at("shop", { path: "/reports/" }), at("dashboard", { path: "/reports" })), [
      'apps[1].routes[0].path: "/reports" does not end with a slash; write it as "/reports/"',
      'apps[1].routes[0].path: "/reports" on a.example overlaps "/reports/" of app \'shop\' (apps[0].routes[0]); give one of them another prefix',
    ]);
  });

  it("collide when their domains differ by capital letters only", () => {
    assert.ok(pathsOf(at("shop", {}), at("other", { domain: "A.EXAMPLE" })).includes("apps[1].routes[0].path"));
  });

  it("may nest, one below a prefix of the other", () => {
    assert.deepEqual(
      problemsOf(at("shop", {}), at("dashboard", { path: "/dashboard/" }), at("log", { path: "/dashboard/log/" })),
      [],
    );
  });

  it("may have the same path under different domains", () => {
    assert.deepEqual(problemsOf(at("shop", {}), at("other", { domain: "b.example" })), []);
  });

  it("have ports of their own, public and loopback alike", () => {
    const apps = [
      sampleApp({ name: "mail", listen: { publicPorts: [2525, 8080] } }),
      sampleApp({ name: "wiki", listen: { via: ListenVia.Port, port: 8080 } }),
      sampleApp({ name: "news", listen: { publicPorts: [2525] } }),
    ];
    assert.deepEqual(problemsOf(...apps), [
      "apps[1].listen.port: 8080 is taken by app 'mail' (apps[0].listen.publicPorts[1]); use another port",
      "apps[2].listen.publicPorts[0]: 2525 is taken by app 'mail' (apps[0].listen.publicPorts[0]); use another port",
    ]);
  });

  it("leave the host's own ports alone", () => {
    assert.deepEqual(problemsOf(sampleApp({ listen: { publicPorts: [22, 80, 443] } })), [
      "apps[0].listen.publicPorts[0]: 22 is taken by the host's SSH server; use another port",
      "apps[0].listen.publicPorts[1]: 80 is taken by the web server; use another port",
      "apps[0].listen.publicPorts[2]: 443 is taken by the web server; use another port",
    ]);
  });

  it("are found whatever their order and whoever stands between", () => {
    const twin = (name: string) => at(name, { path: "/same/" });
    const names = fc.uniqueArray(fc.stringMatching(/^[a-z]{3,8}$/), { minLength: 2, maxLength: 8 });
    fc.assert(
      fc.property(names, fc.nat(), fc.nat(), (all, one, other) => {
        const [i, j] = [one % all.length, other % all.length];
        fc.pre(i !== j);
        const apps = all.map((name, index) =>
          index === i || index === j ? twin(name) : at(name, { path: `/${name}/` }),
        );
        const problems = validateApps(apps);
        assert.equal(problems.length, 1);
        assert.equal(problems[0]!.path, `apps[${Math.max(i, j)}].routes[0].path`);
        assert.ok(problems[0]!.reason.includes(`'${all[Math.min(i, j)]}'`));
      }),
    );
  });
});

describe("one app", () => {
  it("does not answer twice at one place", () => {
    assert.deepEqual(pathsOf(at("shop", { path: "/a/" }, { path: "/a/" })), ["apps[0].routes[1].path"]);
  });
});
