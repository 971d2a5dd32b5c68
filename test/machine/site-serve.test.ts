import assert from "node:assert/strict";
import { type App } from "../../components/app/app";
import { ServeBy } from "../../components/app/route/route";
import { appUser, dataFolder, serviceUnit, socketUnit } from "../../components/app/paths";
import { command } from "../../components/app/presets/command";
import { FilesFrom } from "../../components/app/route/files";
import type { Web } from "../../components/app/web";
import { cacheRoot } from "../../components/host/nginx/cache";
import { cacheApps, cacheBehaviour, cacheDomain, cacheWeb, newPath } from "../behaviour/cache";
import { filesApps, filesBehaviour, filesWeb, pagesFolder } from "../behaviour/files";
import type { SiteAnswer, SiteRequest } from "./site";
import { eventually, useSite } from "./site";

const mediaDomain = "media.example.com";
const documentsDomain = "alpha.example.com";

/** The seed's folder, which is the client's own. */
const documents = "/Library/WebServer/Documents";

/** Keeps uploads, which the web server answers with, beside what is its own. */
const uploads: App = command({
  name: "uploads",
  source: { directory: pagesFolder },
  command: ["python3", "app.py", "uploads"],
  data: ["media", "private"],
  routes: [
    { domain: mediaDomain },
    {
      domain: mediaDomain,
      path: "/media/",
      stripPrefix: true,
      serve: ServeBy.Files,
      directory: "media",
      files: { from: FilesFrom.Data },
    },
    {
      domain: documentsDomain,
      serve: ServeBy.FilesFirst,
      directory: documents,
      files: { from: FilesFrom.Host, index: ["index.html", "index.htm"] },
      freshness: { seconds: 30 * 86_400 },
    },
  ],
});

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

    describe("uploads", () => {
      const folder = dataFolder("uploads");
      const send = (path: string) => ask(mediaDomain, `/upload/${path}`, { method: "POST", body: `this is ${path}` });

      it("are answered by the web server as soon as the app has written them, in folders of its own, too", async () => {
        for (const path of ["one.txt", "album/two.txt"]) {
          await send(path);
          const answer = await ask(mediaDomain, `/media/${path}`);
          assert.deepEqual([answer.status, answer.body], [200, `this is ${path}`]);
        }
      });

      it("are all that the web server can read of the app's data", async () => {
        const found = await exec(["stat", "--format=%A %U:%G", folder, `${folder}/media`, `${folder}/private`]);
        const user = appUser("uploads");
        assert.equal(found, `drwx--x--- ${user}:www-data\ndrwxr-s--- ${user}:www-data\ndrwx------ ${user}:${user}\n`);
        for (const path of [folder, `${folder}/private`])
          assert.equal((await site.machine.attempt(["runuser", "-u", "www-data", "--", "ls", path])).code, 2);
      });

      it("can be read by no other app", async () => {
        const words = ["runuser", "-u", appUser("board"), "--", "cat", `${folder}/media/one.txt`];
        assert.equal((await site.machine.attempt(words)).code, 1);
      });

      it("lead nowhere by links that the app makes", async () => {
        await exec(["runuser", "-u", appUser("uploads"), "--", "ln", "-s", "/etc/hostname", `${folder}/media/link`]);
        assert.equal((await ask(mediaDomain, "/media/link")).status, 403);
      });
    });

    describe("a folder of the client's own", () => {
      before(async () => {
        await exec(
          `set -e; install -d ${documents}/prealgebra; cd ${documents}
           echo start >index.htm; echo '{}' >prealgebra/toc.json; echo deny >.htaccess
           ln -s prealgebra/toc.json own; ln -s /etc/passwd foreign; chown --no-dereference nobody foreign`,
        );
      });

      it("is looked up before the app is asked", async () => {
        const month = "public, max-age=2592000";
        for (const [path, body, control] of [
          ["/", "start\n", "no-cache"],
          ["/prealgebra/toc.json", "{}\n", month],
          ["/own", "{}\n", month],
        ] as const) {
          const answer = await ask(documentsDomain, path);
          assert.deepEqual([answer.status, answer.body, answer.headers["cache-control"]], [200, body, [control]], path);
        }
        for (const path of ["/dataserver2/x", "/prealgebra/", "/none"])
          assert.match((await ask(documentsDomain, path)).body, new RegExp(`"url": "${path}"`), path);
      });

      it("gives away nothing hidden, and nothing by links of others", async () => {
        assert.equal((await ask(documentsDomain, "/.htaccess")).status, 404);
        assert.match((await ask(documentsDomain, "/foreign")).body, /"url": "\/foreign"/);
      });
    });

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
