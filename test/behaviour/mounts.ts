import assert from "node:assert/strict";
import { join } from "node:path";
import { App } from "../../components/app/app";
import { ListenVia } from "../../components/app/listen";
import { Route } from "../../components/app/route/route";
import { socketPath } from "../../components/app/paths";
import { command, CommandArgs } from "../../components/app/presets/command";
import { gunicorn } from "../../components/app/presets/gunicorn";
import { uvicorn } from "../../components/app/presets/uvicorn";
import { seenBy } from "./seen";
import type { Subject } from "./subject";

const domain = "mounts.example.com";

const echo = (name: string, routes: Route[], place: string[], listen: Partial<CommandArgs>): App =>
  command({
    name,
    source: { directory: join(__dirname, "../machine/site-apps/echo") },
    command: ["python3", "echo.py", name, ...place],
    routes,
    health: { contains: `"app": "${name}"` },
    ...listen,
  });

const mounted = (name: string) => ({
  name,
  app: `mounted:${name}`,
  source: { directory: join(__dirname, "../machine/site-apps/mounted") },
});

const at = (...paths: string[]): Route[] => paths.map((path) => ({ domain, path }));
const stripped = (path: string): Route[] => [{ domain, path, stripPrefix: true }];

/** The apps that `mountsBehaviour` asks: one at three paths, and three at one path each, in the three ways of listening. */
export const mountsApps: readonly App[] = [
  echo("several", at("/app1/", "/app2/", "/app3/"), [], {}),
  echo("by-port", stripped("/port1/"), ["8101"], { port: 8101 }),
  echo("by-other-port", stripped("/port2/"), ["8102"], { port: 8102 }),
  echo("by-socket", stripped("/socket/"), [socketPath("by-socket")], { via: ListenVia.Socket }),
  echo("by-activation", stripped("/activation/"), [], {}),
  // gunicorn takes the prefix off itself, by SCRIPT_NAME; uvicorn puts it before a path that comes without.
  gunicorn({ ...mounted("wsgi"), routes: at("/wsgi/"), environment: { SCRIPT_NAME: "/wsgi" } }),
  uvicorn({ ...mounted("asgi"), routes: stripped("/asgi/") }),
];

/** What every web server does with one app at many paths, and many apps at one path each. Call it in the body of `describe`. */
export function mountsBehaviour(site: Subject): void {
  it("hands three paths to one app, which is told no prefix", async () => {
    for (const path of ["/app1/x", "/app2/x", "/app3/x"]) {
      const { app, url, headers } = await seenBy(site, `${site.origin(domain)}${path}`);
      assert.deepEqual([app, url, headers["x-forwarded-prefix"]], ["several", path, undefined]);
    }
  });

  it("hands a path each to apps on ports and sockets, which are told the prefix that was taken off", async () => {
    for (const [prefix, name] of [
      ["/port1", "by-port"],
      ["/port2", "by-other-port"],
      ["/socket", "by-socket"],
      ["/activation", "by-activation"],
    ]) {
      const { app, url, headers } = await seenBy(site, `${site.origin(domain)}${prefix}/x`);
      assert.deepEqual(
        [app, url, headers["x-forwarded-prefix"], headers["x-request-uri"]],
        [name, "/x", prefix, `${prefix}/x`],
      );
    }
  });

  it("leads to apps that know where they are mounted, by SCRIPT_NAME and by root_path", async () => {
    const told = async (path: string): Promise<unknown> =>
      JSON.parse((await site.request(`${site.origin(domain)}${path}`)).body);
    assert.deepEqual(await told("/wsgi/x"), ["/wsgi", "/x"]);
    assert.deepEqual(await told("/asgi/x"), ["/asgi", "/asgi/x"]);
  });

  it("has no answer where no app is", async () => {
    assert.equal((await site.request(`${site.origin(domain)}/other`)).status, 404);
  });
}
