import assert from "node:assert/strict";
import { join } from "node:path";
import type { App } from "../../components/app/app";
import { gramex } from "../../components/app/presets/gramex";
import { flowApps } from "../behaviour/flow";
import { mountsApps, mountsBehaviour } from "../behaviour/mounts";
import { patternsApps, patternsBehaviour } from "../behaviour/patterns";
import { streamingBehaviour } from "../behaviour/streaming";
import { uploadsBehaviour } from "../behaviour/uploads";
import { websocketsBehaviour } from "../behaviour/websockets";
import { useSite } from "./site";
import { appTlsApps, appTlsBehaviour } from "./site-app-tls";

const rootDomain = "gramex.example.com";
const prefixDomain = "prefix.example.com";

const urls = (name: string, folder: string, domain: string, path?: string): App =>
  gramex({
    name,
    source: { directory: join(__dirname, "site-apps/gramex-urls", folder) },
    requirements: "requirements.txt",
    routes: [{ domain, ...(path === undefined ? {} : { path }) }],
    health: { contains: "Relative URLs" },
  });

describe("the routes of a site on Debian 12", function () {
  this.timeout(60_000);
  const apps = [
    ...flowApps,
    ...mountsApps,
    ...patternsApps,
    urls("gramex-root", "app", rootDomain),
    urls("gramex-prefix", "", prefixDomain, "/app/"),
    ...appTlsApps,
  ];
  const site = useSite({ debian: 12, apps });

  describe("by patterns", () => patternsBehaviour(site));
  describe("with many paths and many apps", () => mountsBehaviour(site));
  describe("with websockets", () => websocketsBehaviour(site));
  describe("with streams", () => streamingBehaviour(site, { buffersAnswers: true }));
  describe("with uploads", () => uploadsBehaviour(site, { buffersRequests: true }));

  describe("beside apps that end TLS themselves", () => appTlsBehaviour(site, apps));

  for (const [where, domain, prefix] of [
    ["at /", rootDomain, ""],
    ["at /app/", prefixDomain, "/app"],
  ] as const) {
    describe(`to a Gramex app ${where}`, () => {
      const url = (path: string): string => `${site.origin(domain)}${prefix}${path}`;

      it("find the style sheet by its absolute address, from any depth", async () => {
        for (const path of ["/url/main", "/url/main/sub", "/url/main/sub/third"]) {
          const { status, body } = await site.request(url(path));
          assert.equal(status, 200, body);
          // Gramex writes "/./style.css" at the root, which browsers resolve.
          const style = new URL(/href="([^"]+)"/.exec(body)?.[1] ?? "", url(path));
          const found = await site.request(style.href);
          assert.deepEqual(
            [style.pathname, found.status, found.body],
            [`${prefix}/style.css`, 200, "h1 {\n  color: teal;\n}\n"],
          );
        }
      });

      it("lead back to its own home page after a login", async () => {
        const form = await site.request(url("/simple"));
        const token = /name="_xsrf" value="([^"]+)"/.exec(form.body)?.[1];
        assert.ok(token, form.body);
        const cookie = (form.headers["set-cookie"] ?? []).map((line) => line.split(";")[0]).join("; ");
        const answer = await site.request(url("/simple"), {
          method: "POST",
          headers: { "Content-Type": "application/x-www-form-urlencoded", Cookie: cookie },
          body: String(new URLSearchParams({ _xsrf: token, user: "alpha", password: "alpha" })),
        });
        assert.equal(answer.status, 302, answer.body);
        const home = new URL(answer.headers.location?.[0] ?? "", url("/simple")).href;
        assert.equal(home, url("/"));
        const page = await site.request(home);
        assert.deepEqual([page.status, page.body.includes("<h1>Relative URLs</h1>")], [200, true]);
      });
    });
  }
});
