import assert from "node:assert/strict";
import type { App } from "../../../components/app/app";
import type { Route } from "../../../components/app/route/route";
import type { Web } from "../../../components/app/web";
import type { ProbeAnswer } from "../../../components/probe/ask";
import { LoopbackSubject, StartedServer, useLoopbackServer } from "./loopback-subject";

const domain = "www.example.com";
const app = (name: string, ...routes: Omit<Route, "domain">[]): App => ({
  name,
  source: {},
  process: { command: ["app"] },
  routes: routes.map((route) => ({ domain, ...route })),
});

const apps = [
  app("whole", { compress: false }),
  app("packed", { path: "/packed/" }),
  app("both", { path: "/both/" }, { path: "/both/secret/", compress: false }),
];
const web: Web = { compressTypes: ["application/vnd.example+json"] };

/** A site that is asked for compressed answers. */
export interface CompressionSite<Server extends StartedServer> {
  site: LoopbackSubject<Server>;
  /** Asks for an answer with some headers, which is 1,000 bytes long at least. */
  asked(path: string, answer: Record<string, string>, request?: Record<string, string>): Promise<ProbeAnswer>;
}

/** What a web server on the loopback address compresses of the answers of apps. Call it in the body of `describe`. */
export function compressionBehaviour<Server extends StartedServer>(
  start: (apps: readonly App[], web: Web) => Promise<Server>,
): CompressionSite<Server> {
  const site = useLoopbackServer(apps, () => start(apps, web));
  const asked: CompressionSite<Server>["asked"] = async (path, answer, request = {}) => {
    const headers = { "Accept-Encoding": "gzip", "X-Size": "1000", "X-Answer": JSON.stringify(answer), ...request };
    const got = await site.request(`${site.origin(domain)}${path}`, { headers });
    assert.equal(got.status, 200);
    return got;
  };
  const encoding = async (path: string, type: string): Promise<string[] | undefined> =>
    (await asked(path, { "Content-Type": type })).headers["content-encoding"];

  it("is of what is worth it, and of the types that the host names", async () => {
    assert.deepEqual(await encoding("/packed/", "text/plain; charset=utf-8"), ["gzip"]);
    assert.deepEqual(await encoding("/packed/", "application/vnd.example+json"), ["gzip"]);
    assert.equal(await encoding("/packed/", "image/png"), undefined);
  });

  it("leaves the answers of a route alone that says so, and not those of routes below it", async () => {
    assert.equal(await encoding("/", "text/plain"), undefined);
    assert.deepEqual(await encoding("/packed/a", "text/plain"), ["gzip"]);
  });

  it("is for some routes of an app, and for others not", async () => {
    assert.deepEqual(await encoding("/both/", "text/plain"), ["gzip"]);
    assert.equal(await encoding("/both/secret/", "text/plain"), undefined);
  });

  it("is for those who take it, which caches are told", async () => {
    const got = await asked("/packed/", { "Content-Type": "text/plain" }, { "Accept-Encoding": "identity" });
    assert.equal(got.headers["content-encoding"], undefined);
    for (const { headers } of [got, await asked("/packed/", { "Content-Type": "text/plain" })])
      assert.deepEqual(headers["vary"], ["Accept-Encoding"]);
  });

  it("leaves alone what is compressed already", async () => {
    const got = await asked("/packed/", { "Content-Type": "text/plain", "Content-Encoding": "br" });
    assert.deepEqual(got.headers["content-encoding"], ["br"]);
  });
  return { site, asked };
}
