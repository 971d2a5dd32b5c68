import assert from "node:assert/strict";
import { appUser, serviceUnit, socketUnit } from "../../components/app/paths";
import type { Web } from "../../components/app/web";
import { cacheRoot } from "../../components/host/nginx/cache";
import { cacheApps, cacheBehaviour, cacheDomain, cacheWeb, newPath } from "../behaviour/cache";
import { filesApps, filesBehaviour, filesWeb } from "../behaviour/files";
import type { SiteAnswer, SiteRequest } from "./site";
import { eventually } from "../eventually";
import { useSite } from "./site";
import { foldersBehaviour, uploads } from "./site-folders";

for (const debian of [12, 13]) {
  describe(`files and kept answers, on Debian ${debian}`, function () {
    this.timeout(60_000);
    const web: Web = { ...filesWeb, ...cacheWeb, keepAliveSeconds: 65 };
    const site = useSite({ debian, apps: [...filesApps, ...cacheApps, uploads], web });
    const exec = (words: string | string[]): Promise<string> => site.machine.exec(words);
    const ask = (domain: string, path: string, request: SiteRequest = {}): Promise<SiteAnswer> =>
      site.request(`${site.origin(domain)}${path}`, request);

    describe("files", () => filesBehaviour(site));
    describe("kept answers", () => cacheBehaviour(site));
    describe("folders beside the release", () => foldersBehaviour(site));

    describe("what is kept", () => {
      const state = async (path: string): Promise<string | undefined> =>
        (await ask(cacheDomain, path)).headers["cache-status"]?.[0];
      const kept = async (below?: string): Promise<string> => {
        const path = newPath(below);
        await ask(cacheDomain, path);
        assert.equal(await state(path), "landfall; hit");
        return path;
      };

      it("is forgotten by root of the host, one address or all of it", async () => {
        const [one, other] = [await kept(), await kept("/login/")];
        assert.equal(await exec(["landfall-cache", "purge", `${site.origin(cacheDomain)}${one}`]), "forgotten: 1\n");
        assert.deepEqual([await state(one), await state(other)], ["landfall; fwd=miss", "landfall; hit"]);
        assert.match(await exec(["landfall-cache", "purge", "--all"]), /^forgotten: [1-9]/);
        assert.deepEqual([await state(one), await state(other)], ["landfall; fwd=miss", "landfall; fwd=miss"]);
        const said = await exec(["cat", "/var/log/nginx/error.log"]);
        assert.doesNotMatch(said, /\[(?:alert|emerg)\]/);
      });

      it("is forgotten by nobody else: no app, no method, no header, no port", async () => {
        const path = await kept();
        for (const user of [appUser("journal"), "www-data"]) {
          const words = ["runuser", "-u", user, "--", "/usr/local/sbin/landfall-cache", "purge", "--all"];
          assert.notEqual((await site.machine.attempt(words)).code, 0, user);
        }
        for (const request of [
          { method: "PURGE" },
          { method: "BAN" },
          { headers: { "Cache-Control": "no-cache", Pragma: "no-cache" } },
          { headers: { "X-Purge": "1", "X-Cache-Purge": "1" } },
        ] as SiteRequest[]) {
          await ask(cacheDomain, path, request);
          assert.equal(await state(path), "landfall; hit", JSON.stringify(request));
        }
        const listening = await exec("ss --listening --tcp --numeric --no-header --processes | grep nginx");
        const ports = listening
          .trim()
          .split("\n")
          .map((line) => /:(\d+)\s/.exec(line)?.[1]);
        assert.deepEqual([...new Set(ports)].sort(), ["443", "80"]);
      });

      it("is seen by nginx's user alone", async () => {
        const path = `${cacheRoot}/web-shared`;
        assert.equal(await exec(["stat", "--format=%a %U:%G", path]), "700 www-data:www-data\n");
        assert.equal((await site.machine.attempt(["runuser", "-u", appUser("board"), "--", "ls", path])).code, 2);
      });

      it("stays when nginx reloads, and when it restarts", async () => {
        const path = await kept();
        await exec(["systemctl", "reload", "nginx.service"]);
        assert.equal(await state(path), "landfall; hit");
        await exec(["systemctl", "restart", "nginx.service"]);
        assert.equal(await state(path), "landfall; hit");
      });

      it("is answered with while the app is stopped", async () => {
        const [fresh, old] = [await kept(), newPath("/second/")];
        await ask(cacheDomain, old);
        await exec(["systemctl", "stop", socketUnit("journal"), serviceUnit("journal")]);
        await new Promise((resolve) => setTimeout(resolve, 2100));
        const statuses = [fresh, old, newPath()].map(async (path) => (await ask(cacheDomain, path)).status);
        assert.deepEqual(await Promise.all(statuses), [200, 200, 502]);
        await exec(["systemctl", "start", socketUnit("journal"), serviceUnit("journal")]);
        await eventually(async () => assert.equal((await ask(cacheDomain, newPath())).status, 200));
      });

      it("goes with the routes that kept it", async () => {
        await kept();
        delete web.caches;
        await site.apply([...filesApps, uploads]);
        assert.equal(await exec(["ls", "-A", cacheRoot]), "");
        assert.equal((await site.machine.attempt(["ls", "/usr/local/sbin/landfall-cache"])).code, 2);
      });
    });
  });
}
