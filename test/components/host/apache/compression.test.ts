import assert from "node:assert/strict";
import type { App } from "../../../../components/app/app";
import type { Route } from "../../../../components/app/route/route";
import { Web, WebProgram } from "../../../../components/app/web";
import { useLoopbackServer } from "../loopback-subject";
import { RunningApache } from "./running-apache";

const domain = "www.example.com";
const app = (name: string, route: Omit<Route, "domain">): App => ({
  name,
  source: {},
  process: { command: ["app"] },
  routes: [{ domain, ...route }],
});
const apps = [app("whole", { compress: false }), app("packed", { path: "/packed/" })];
const web: Web = { program: WebProgram.Apache, compressTypes: ["application/vnd.example+json"] };

describe("compression by a real httpd", function () {
  this.timeout(30_000);
  const site = useLoopbackServer(apps, () => RunningApache.start(apps, {}, {}, web));
  const encoding = async (path: string, type: string): Promise<string[] | undefined> => {
    const headers = { "Accept-Encoding": "gzip", "X-Answer": JSON.stringify({ "Content-Type": type }) };
    const answer = await site.request(`${site.origin(domain)}${path}`, { headers });
    assert.equal(answer.status, 200);
    return answer.headers["content-encoding"];
  };

  it("is of what is worth it, and of the types that the host names", async () => {
    assert.deepEqual(await encoding("/packed/", "text/plain"), ["gzip"]);
    assert.deepEqual(await encoding("/packed/", "application/vnd.example+json"), ["gzip"]);
    assert.equal(await encoding("/packed/", "image/png"), undefined);
  });

  it("leaves the answers of a route alone that says so, and not those of routes below it", async () => {
    assert.equal(await encoding("/", "text/plain"), undefined);
    assert.deepEqual(await encoding("/packed/a", "text/plain"), ["gzip"]);
  });
});
