import assert from "node:assert/strict";
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { App } from "../../../../components/app/app";
import { dataFolder } from "../../../../components/app/paths";
import { FilesFrom } from "../../../../components/app/route/files";
import { type Route, ServeBy } from "../../../../components/app/route/route";
import { filesApps, filesBehaviour, filesWeb, pagesFolder } from "../../../behaviour/files";
import { seenBy } from "../../../behaviour/seen";
import { useApache } from "./loopback-subject";

describe("files by a real httpd", function () {
  this.timeout(30_000);

  describe("as all web servers answer from them", () => {
    filesBehaviour(useApache(filesApps, { filed: pagesFolder }, filesWeb));
  });

  describe("in folders of apps and of clients", () => {
    const domain = "folders.example.com";
    const process = { command: ["app"] };
    const media = {
      domain,
      stripPrefix: true,
      directory: "media",
      files: { from: FilesFrom.Data, precompressed: true },
    };
    /** Signs that patterns of httpd, its files and mod_rewrite read in other ways. */
    const odd = `/srv/a [b]*?'"$1%x`;
    const oddPath = "/pay$1(;'*)/";
    const host = (path: string): Route => ({
      domain,
      path,
      serve: ServeBy.FilesFirst,
      directory: odd,
      files: { from: FilesFrom.Host, precompressed: true },
    });
    const apps: App[] = [
      {
        name: "uploads",
        source: {},
        process,
        data: ["media"],
        routes: [
          { ...media, path: "/media/", serve: ServeBy.Files },
          { ...media, path: "/first/", serve: ServeBy.FilesFirst },
        ],
      },
      { name: "client", source: {}, process, routes: [host("/"), host(oddPath)] },
    ];
    const site = useApache(apps);
    const write = (folder: string, path: string, content: string | Buffer): void => {
      const file = join(site.server.place(folder), path);
      mkdirSync(join(file, ".."), { recursive: true });
      writeFileSync(file, content);
    };
    const ask = (path: string, headers = {}) => site.request(`${site.origin(domain)}${path}`, { headers });

    before(() => {
      const folder = dataFolder("uploads");
      write(folder, "media/one.txt", "one");
      write(folder, "private/two.txt", "two");
      write(folder, "private/one.txt.gz", gzipSync("private"));
      const here = site.server.place(`${folder}/media`);
      rmSync(join(here, "file"), { force: true });
      symlinkSync("../private/two.txt", join(here, "file"));
      symlinkSync("../private", join(here, "folder"));
      symlinkSync("../private/one.txt.gz", join(here, "one.txt.gz"));
      write(odd, "page?.html", "odd");
      write(odd, "style.css", "body {}");
      write(odd, "style.css.gz", gzipSync("body {}"));
      write(odd, `${oddPath.slice(1)}index.html`, "start");
      write(odd, `${oddPath.slice(1)}a.css`, "a {}");
      write(odd, `${oddPath.slice(1)}a.css.gz`, gzipSync("a {}"));
    });

    it("nothing is answered that an app's links lead to", async () => {
      assert.equal((await ask("/media/one.txt")).body, "one");
      for (const path of ["/media/file", "/media/folder/two.txt", "/media/folder/"])
        assert.notEqual((await ask(path)).status, 200, path);
    });

    it("what links lead to is the app's where files come first", async () => {
      assert.equal((await ask("/first/one.txt")).body, "one");
      for (const path of ["/first/file", "/first/folder/two.txt", "/first/folder/"])
        assert.equal((await seenBy(site, `${site.origin(domain)}${path}`)).app, "uploads", path);
    });

    it("a link is no compressed file", async () => {
      for (const path of ["/media/one.txt", "/first/one.txt"]) {
        const { headers, body } = await ask(path, { "Accept-Encoding": "gzip" });
        assert.deepEqual([headers["content-encoding"], body], [undefined, "one"], path);
      }
    });

    it("signs in their names stand for themselves", async () => {
      assert.equal((await ask("/page%3F.html")).body, "odd");
      assert.equal((await ask(oddPath)).body, "start");
      assert.equal((await seenBy(site, `${site.origin(domain)}${oddPath}none`)).url, `${oddPath}none`);
      for (const path of ["/style.css", `${oddPath}a.css`]) {
        const { status, headers } = await ask(path, { "Accept-Encoding": "gzip" });
        assert.deepEqual([status, headers["content-encoding"]], [200, ["gzip"]], path);
        assert.match(headers["content-type"]?.[0] ?? "", /^text\/css/);
      }
    });
  });
});
