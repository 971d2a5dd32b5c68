import assert from "node:assert/strict";
import { App } from "../../../components/app/app";
import { Route } from "../../../components/app/route/route";
import { directHops } from "../../../components/host/hops";
import { appHealth } from "../../../components/host/plan-health";
import { appAddresses } from "../../../components/host/site-addresses";

const app = (...routes: Route[]): App => ({ name: "api", source: {}, routes, health: { path: "health" } });
const url = (one: App, ...others: App[]): string | undefined => {
  const health = [{ app: "api", web: appHealth(one, directHops), tcp: null, contains: null, startSeconds: 60 }];
  return appAddresses([one, ...others], health as never, directHops)[0]?.health.url;
};

describe("the address of an app", () => {
  it("is below its first route with a path", () =>
    assert.equal(
      url(app({ domain: "a.example", pattern: "/v\\d/" }, { domain: "b.example", path: "/b/" })),
      "https://b.example/b/health",
    ));

  it("is looked up from the root when it has patterns alone", () =>
    assert.equal(url(app({ domain: "a.example", pattern: "/health" })), "https://a.example/health"));
});
