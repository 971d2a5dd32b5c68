import assert from "node:assert/strict";
import { type App } from "../../components/app/app";
import { ServeBy } from "../../components/app/route/route";
import { appUser, dataFolder } from "../../components/app/paths";
import { command } from "../../components/app/presets/command";
import { FilesFrom } from "../../components/app/route/files";
import { pagesFolder } from "../behaviour/files";
import type { SiteAnswer, SiteRequest, TestSite } from "./site";

const mediaDomain = "media.example.com";
const documentsDomain = "alpha.example.com";

/** The seed's folder, which is the client's own. */
const documents = "/Library/WebServer/Documents";

/** Keeps uploads, which the web server answers with, beside what is its own. */
export const uploads: App = command({
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

/** What web servers do with folders that are not in a release. Call it in the body of `describe`. */
export function foldersBehaviour(site: TestSite): void {
  const exec = (words: string | string[]): Promise<string> => site.machine.exec(words);
  const ask = (domain: string, path: string, request: SiteRequest = {}): Promise<SiteAnswer> =>
    site.request(`${site.origin(domain)}${path}`, request);

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
      const words = ["runuser", "-u", appUser("filed"), "--", "cat", `${folder}/media/one.txt`];
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
}
