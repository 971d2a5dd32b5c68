import assert from "node:assert/strict";
import { join } from "node:path";
import type { App } from "../../components/app/app";
import type { Route } from "../../components/app/route/route";
import { command } from "../../components/app/presets/command";
import { Seen, seenBy } from "./seen";
import type { Subject } from "./subject";

const domain = "patterns.example.com";
const socketDomain = "ws.example.com";

const echo = (name: string, routes: Route[], path?: string): App =>
  command({
    name,
    source: { directory: join(__dirname, "../machine/site-apps/echo") },
    command: ["python3", "echo.py", name],
    routes,
    health: { contains: `"app": "${name}"`, ...(path === undefined ? {} : { path }) },
  });

/** The apps that `patternsBehaviour` asks. */
export const patternsApps: readonly App[] = [
  echo("pages", [{ domain }, { domain, path: "/files/" }, { domain: socketDomain, path: "/pages/" }]),
  echo("data", [{ domain, pattern: "/dataserver[2]?(/|$)|/.*/Search/|/socket\\.io/" }], "dataserver2"),
  echo("late", [
    { domain, pattern: "/files/v[0-9]+/" },
    { domain, pattern: "/files/v\\d/.*\\.(csv|json)$" },
    { domain, path: "/late/" },
  ]),
  echo("sockets", [{ domain: "ws.*" }]),
  echo("both", [{ domain: "*.example.com", path: "/both/", stripPrefix: true }]),
];

/** What web servers do that offer `Route.pattern` and domains with a star. Call it in the body of `describe`. */
export function patternsBehaviour(site: Subject): void {
  const app = async (url: string): Promise<[string, string]> => {
    const { app: name, url: path }: Seen = await seenBy(site, url);
    return [name, path];
  };

  const table: [sent: string, app: string][] = [
    ["/", "pages"],
    ["/dataserver", "data"],
    ["/dataserver2", "data"],
    ["/dataserver2/x?y=%2Fz", "data"],
    ["/dataserver3", "pages"],
    ["/library/Search/x", "data"],
    ["/a/b/Search/", "data"],
    ["/Search/", "pages"],
    ["/library/search/", "pages"],
    ["/library/%53earch/", "data"],
    ["/x?next=/a/Search/", "pages"],
    ["/socket.io/?EIO=4", "data"],
    ["/socketxio/", "pages"],
    // Patterns are asked before prefixes, and of two the one that was written first.
    ["/files/x", "pages"],
    ["/files/v12/x", "late"],
    ["/files/v2/Search/", "data"],
    ["/late/", "late"],
    ["/late/x/Search/", "data"],
  ];
  for (const [path, name] of table) {
    it(`hands ${path} to ${name} as it was sent`, async () => {
      assert.deepEqual(await app(`${site.origin(domain)}${path}`), [name, path]);
    });
  }

  it("sends a prefix without its slash on before any pattern", async () => {
    const answer = await site.request(`${site.origin(domain)}/files`);
    assert.deepEqual([answer.status, answer.headers.location], [308, ["/files/"]]);
  });

  it("hands all that no other route has to the one of a host name with a star", async () => {
    assert.deepEqual(await app(`${site.origin(socketDomain)}/x`), ["sockets", "/x"]);
    assert.deepEqual(await app(`${site.origin(socketDomain)}/pages/x`), ["pages", "/pages/x"]);
  });

  it("serves a route with a star at each host name that fits", async () => {
    for (const host of [domain, socketDomain])
      assert.deepEqual(await app(`${site.origin(host)}/both/x`), ["both", "/x"], host);
  });

  it("does not answer at names that fit but that nobody has written out", async () => {
    const stranger = await site.request(`${site.origin(socketDomain)}/`, { headers: { Host: "ws.stranger.example" } });
    assert.equal(stranger.status, 421);
  });
}
