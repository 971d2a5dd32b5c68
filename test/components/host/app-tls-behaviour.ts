import assert from "node:assert/strict";
import type { App } from "../../../components/app/app";
import { ListenVia } from "../../../components/app/listen";
import { seenBy } from "../../behaviour/seen";
import type { Subject } from "../../behaviour/subject";

const domain = "inside.example.com";
const process = { command: ["app"] };

/** Apps that end TLS themselves, behind the web server, whose certificate is for another name just now. */
export const secureApps: readonly App[] = [
  { name: "inside", source: {}, process, tls: { domain }, routes: [{ domain }] },
  {
    name: "stripped",
    source: {},
    process,
    listen: { via: ListenVia.Socket },
    tls: { domain },
    routes: [{ domain, path: "/stripped/", stripPrefix: true }],
  },
  { name: "plain", source: {}, process, routes: [{ domain, path: "/plain/" }] },
];

/** What web servers do with such apps. Call it in the body of `describe`. */
export function appTlsBehaviour(site: Subject): void {
  for (const [path, app, url] of [
    ["/a%2Fb?c", "inside", "/a%2Fb?c"],
    ["/stripped/a", "stripped", "/a"],
    ["/plain/a", "plain", "/plain/a"],
  ] as const)
    it(`hands ${path} to ${app}`, async () => {
      const seen = await seenBy(site, `${site.origin(domain)}${path}`, { method: "POST", body: "x" });
      const told = seen.headers["x-forwarded-host"];
      assert.deepEqual([seen.app, seen.url, seen.body, told], [app, url, "x", `${domain}:${site.httpsPort}`]);
    });
}
