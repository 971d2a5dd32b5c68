import assert from "node:assert/strict";
import { App } from "../../../../components/app/app";
import { Route } from "../../../../components/app/route/route";
import { placedRoutes, withLiteralDomains } from "../../../../components/app/route/domains";
import { validateApps } from "../../../../components/app/validate";
import { sampleApp } from "../sample-app";
import { problemsOf } from "../validation/problems-of";

const named = (name: string, ...routes: Route[]): App => sampleApp({ name, routes });
const site = named("site", { domain: "www.example.com" }, { domain: "ws.example.com" }, { domain: "ws.example.org" });
const where = (apps: readonly App[], app: string): string[] =>
  placedRoutes(apps).flatMap(({ app: { name }, route }) =>
    name === app ? [`${route.domain}${route.path ?? "/"}`] : [],
  );

describe("a route whose domain has a star", () => {
  it("is at every host name with the same first labels", () => {
    const chat = named("chat", { domain: "ws.*", path: "/socket.io/" });
    assert.deepEqual(where([site, chat], "chat"), ["ws.example.com/socket.io/", "ws.example.org/socket.io/"]);
  });

  it("is at every host name with the same last labels", () => {
    const api = named("api", { domain: "*.example.com", path: "/api/" });
    const deep = named("deep", { domain: "example.com" }, { domain: "a.b.example.com" }, { domain: "notexample.com" });
    assert.deepEqual(where([site, api, deep], "api"), [
      "a.b.example.com/api/",
      "ws.example.com/api/",
      "www.example.com/api/",
    ]);
  });

  it("leaves a host name to the route that is there already", () => {
    const api = named("api", { domain: "*.example.com", path: "/api/" });
    const other = named("other", { domain: "www.example.com", path: "/api/" });
    assert.deepEqual(where([site, api, other], "api"), ["ws.example.com/api/"]);
  });

  it("is at host names that are known from elsewhere", () => {
    const chat = named("chat", { domain: "ws.*" });
    const [app] = withLiteralDomains([chat], ["ws.example.net", "www.example.net"]);
    assert.deepEqual(app?.routes, [{ domain: "ws.example.net" }]);
  });

  it("changes nothing of apps without any", () => {
    assert.equal(withLiteralDomains([site])[0], site);
  });

  it("is wrong where no host name fits", () => {
    assert.deepEqual(problemsOf(site, named("chat", { domain: "io.*" })), [
      'apps[1].routes[0].domain: "io.*" is for no host name that lacks this path; ' +
        "give a route to each host name that is meant; there are: ws.example.com, ws.example.org, www.example.com",
    ]);
  });

  it("is wrong where another has its place, once for all host names", () => {
    const one = named("one", { domain: "ws.*", path: "/x/" });
    const other = named("other", { domain: "*.example.com", path: "/x/" });
    assert.deepEqual(problemsOf(site, one, other), [
      'apps[2].routes[0].path: "/x/" on ws.example.com overlaps "/x/" of app \'one\' (apps[1].routes[0]); give one of them another prefix',
    ]);
  });

  for (const domain of ["*", "a.*.example", "*.example.*", "ws*", "*.a_b", "w_s.*"]) {
    it(`cannot be ${domain}`, () => {
      const problems = validateApps([site, named("chat", { domain })]);
      assert.ok(problems.some(({ path }) => path === "apps[1].routes[0].domain"));
    });
  }
});
