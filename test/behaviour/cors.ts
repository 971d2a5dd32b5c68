import assert from "node:assert/strict";
import { join } from "node:path";
import type { App } from "../../components/app/app";
import type { Route } from "../../components/app/route/route";
import { command } from "../../components/app/presets/command";
import type { Cors } from "../../components/app/route/cors";
import { HttpMethod } from "../../components/app/route/methods";
import { probeCors } from "../../components/probe/cors";
import type { Seen, Subject, SubjectRequest } from "./subject";

/** Where the apps of this behaviour answer. */
export const corsDomain = "api.example.com";
const domain = corsDomain;

const echo = (name: string, route: Omit<Route, "domain">): App =>
  command({
    name,
    source: { directory: join(__dirname, "../machine/site-apps/echo") },
    command: ["python3", "echo.py", name],
    routes: [{ domain, ...route }],
    health: { contains: `"app": "${name}"` },
  });

const any: Cors = { origins: ["*"], exposeHeaders: ["X-Total"] };
const one: Cors = { origins: ["https://gramener.com"] };
const several: Cors = {
  origins: ["https://gramener.com", "https://learn.gramener.com", "https://app.example.com:8443"],
  credentials: true,
  methods: [HttpMethod.Get, HttpMethod.Post, HttpMethod.Put],
  requestHeaders: ["X-Xsrftoken", "Content-Type"],
  exposeHeaders: ["X-Total"],
  maxAgeSeconds: 60,
};

/** The apps that `corsBehaviour` asks. */
export const corsApps: readonly App[] = [
  echo("own", {}),
  echo("any", { path: "/any/", cors: any }),
  echo("one", { path: "/one/", cors: one, methods: [HttpMethod.Get] }),
  echo("several", { path: "/several/", cors: several }),
];

/** What every web server does for pages of other origins. Call it in the body of `describe`. */
export function corsBehaviour(site: Subject): void {
  const ask = (url: string, request?: SubjectRequest) => site.request(url, request);
  const at = (path: string): string => `${site.origin(domain)}${path}`;

  for (const [name, path, cors] of [
    ["any origin", "/any/", any],
    ["one origin", "/one/", one],
    ["several origins with their cookies", "/several/", several],
  ] as const)
    it(`lets ${name} read, as browsers ask, and no other`, async () =>
      assert.deepEqual(await probeCors(ask, at(path), cors), []));

  it("is said by one layer: the app's own word does not pass", async () => {
    const own = {
      "Access-Control-Allow-Origin": "https://evil.example.net",
      "Access-Control-Allow-Credentials": "true",
      "Access-Control-Allow-Methods": "DELETE",
      "Access-Control-Max-Age": "1",
      Vary: "Cookie",
    };
    const headers = { "X-Answer": JSON.stringify(own) };
    const answer = await ask(at("/several/"), { headers: { ...headers, Origin: "https://gramener.com" } });
    const said = Object.entries(answer.headers).filter(([header]) => header.startsWith("access-control-"));
    assert.deepEqual(Object.fromEntries(said), {
      "access-control-allow-origin": ["https://gramener.com"],
      "access-control-allow-credentials": ["true"],
      "access-control-expose-headers": ["X-Total"],
    });
    assert.deepEqual((answer.headers["vary"] ?? []).filter((value) => value !== "Accept-Encoding").sort(), [
      "Cookie",
      "Origin",
    ]);
    const stranger = await ask(at("/several/"), { headers: { ...headers, Origin: "https://evil.example.net" } });
    assert.equal(stranger.headers["access-control-allow-origin"], undefined);
  });

  it("is the app's own word where the route says nothing", async () => {
    const own = { "Access-Control-Allow-Origin": "https://gramener.com", "Access-Control-Max-Age": "1" };
    const { headers } = await ask(at("/"), {
      headers: { "X-Answer": JSON.stringify(own), Origin: "https://gramener.com" },
    });
    assert.deepEqual(
      [headers["access-control-allow-origin"], headers["access-control-max-age"]],
      [["https://gramener.com"], ["1"]],
    );
  });

  it("is on errors as well, so that the page can read what was wrong", async () => {
    for (const path of ["/several/", "/one/"]) {
      const headers = { Origin: "https://gramener.com", "X-Status": "500" };
      for (const method of ["GET", "DELETE"]) {
        const answer = await ask(at(path), { method, headers });
        assert.ok(answer.status >= 400, `${answer.status}`);
        assert.deepEqual(answer.headers["access-control-allow-origin"], ["https://gramener.com"]);
      }
    }
  });

  it("lets requests of a listed origin through to the app, and an OPTIONS that is no question beforehand", async () => {
    const headers = { Origin: "https://learn.gramener.com", Cookie: "user=anna" };
    const posted = await ask(at("/several/save"), { method: "POST", headers, body: "_xsrf=x" });
    const seen = JSON.parse(posted.body) as Seen;
    assert.deepEqual(
      [seen.app, seen.url, seen.headers["cookie"], seen.body],
      ["several", "/several/save", "user=anna", "_xsrf=x"],
    );
    const before = await ask(at("/several/"), {
      method: "OPTIONS",
      headers: { Origin: "https://learn.gramener.com", "Access-Control-Request-Method": "PUT" },
    });
    assert.deepEqual([before.status, before.body], [204, ""]);
  });
}
