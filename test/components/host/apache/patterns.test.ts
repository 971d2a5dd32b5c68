import assert from "node:assert/strict";
import type { App } from "../../../../components/app/app";
import { ServeBy } from "../../../../components/app/route/route";
import { patternsApps, patternsBehaviour } from "../../../behaviour/patterns";
import { seenBy } from "../../../behaviour/seen";
import { useApache } from "./loopback-subject";

describe("patterns by a real httpd", function () {
  this.timeout(30_000);
  patternsBehaviour(useApache(patternsApps));

  describe("beside other routes", () => {
    const domain = "beside.example.com";
    const process = { command: ["serve"] };
    const apps: App[] = [
      {
        name: "found",
        source: {},
        process,
        routes: [
          { domain, pattern: "/[${]x/", maxBodyMiB: 1 },
          { domain, pattern: "/docs/.*/search" },
        ],
      },
      { name: "docs", source: {}, routes: [{ domain, path: "/docs/", serve: ServeBy.Files }] },
    ];
    const site = useApache(apps);
    const status = async (path: string, request = {}): Promise<number> =>
      (await site.request(`${site.origin(domain)}${path}`, request)).status;

    it("leave hidden what is hidden below files", async () => {
      assert.equal((await seenBy(site, `${site.origin(domain)}/docs/git/search`)).app, "found");
      assert.equal(await status("/docs/.git/search"), 404);
    });

    it("let an app have what files do not take", async () => {
      assert.equal(await status("/docs/x/search", { method: "POST", body: "x" }), 200);
      assert.equal(await status("/docs/x/", { method: "POST", body: "x" }), 405);
    });

    it("have limits of their own", async () => {
      assert.equal(await status("/$x/", { method: "POST", body: "x".repeat(1024 * 1024 + 1) }), 413);
      assert.equal(await status("/{x/", { method: "POST", body: "x" }), 200);
    });

    it("are all that there is without a route for the rest", async () => assert.equal(await status("/other"), 404));
  });
});
