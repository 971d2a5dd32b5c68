import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { cacheApps, cacheDomain, cacheWeb, newPath } from "../../../behaviour/cache";
import { pagesFolder } from "../../../behaviour/files";
import { cacheDirectories, cacheRoot } from "../../../../components/host/nginx/cache";
import { useLoopback } from "./loopback-subject";

const program = join(__dirname, "../../../../components/host/nginx/landfall-cache.py");

describe("landfall-cache", function () {
  this.timeout(30_000);
  const site = useLoopback(cacheApps, cacheWeb, { journal: pagesFolder });
  const ask = (path: string, headers: Record<string, string> = {}) =>
    site.request(`${site.origin(cacheDomain)}${path}`, { headers });
  const state = async (path: string, headers: Record<string, string> = {}): Promise<string | undefined> =>
    (await ask(path, headers)).headers["cache-status"]?.[0]?.replace("landfall; ", "");
  const code = `import runpy, sys; sys.exit(runpy.run_path(sys.argv[1])["main"](sys.argv[3:], sys.argv[2]))`;
  const run = (...words: string[]) =>
    spawnSync("python3", ["-c", code, program, site.server.place(cacheRoot), ...words], { encoding: "utf8" });
  const purge = (...words: string[]): string => {
    const { status, stdout, stderr } = run("purge", ...words);
    assert.equal(status, 0, stderr);
    return stdout;
  };

  it("forgets one address, and nothing else", async () => {
    const [path, other] = [newPath(), newPath()];
    for (const one of [path, `${path}?a`, `${path}/`, other]) await ask(one);
    assert.equal(purge(`https://${cacheDomain}${path}`), "forgotten: 1\n");
    const states = [await state(path), await state(`${path}?a`), await state(`${path}/`), await state(other)];
    assert.deepEqual(states, ["fwd=miss", "hit", "hit", "hit"]);
    assert.equal(await state(path), "hit");
  });

  it("takes an address as a browser has it: with a port, capital letters in the name, a fragment, without a path", async () => {
    const path = newPath();
    for (const url of [`https://${cacheDomain}:8443${path}#top`, `http://${cacheDomain.toUpperCase()}${path}`]) {
      await ask(path);
      assert.equal(purge(url), "forgotten: 1\n", url);
      assert.equal(await state(path), "fwd=miss");
    }
    await ask("/");
    assert.equal(purge(`https://${cacheDomain}`), "forgotten: 1\n");
    await ask("/?q");
    assert.equal(purge(`https://${cacheDomain}?q`), "forgotten: 1\n");
  });

  it("forgets all variants of an address, and all that other origins asked for", async () => {
    const path = newPath();
    const language = (value: string) => ({
      "Accept-Language": value,
      "X-Answer": JSON.stringify({ Vary: "Accept-Language" }),
    });
    for (const value of ["de", "en", "fr"]) await ask(path, language(value));
    await ask(path, { Origin: "https://a.example" });
    assert.equal(purge(`https://${cacheDomain}${path}`), "forgotten: 4\n");
    for (const value of ["de", "en", "fr"]) assert.equal(await state(path, language(value)), "fwd=miss");
  });

  it("forgets all of it, in all zones, and is not in the way of what comes after", async () => {
    const paths = [newPath(), newPath("/login/"), newPath("/board/")];
    for (const path of paths) await ask(path);
    purge("--all");
    assert.equal(purge("--all"), "forgotten: 0\n");
    for (const path of paths) assert.deepEqual([await state(path), await state(path)], ["fwd=miss", "hit"]);
  });

  it("leaves files alone that are none of nginx's", () => {
    const folder = site.server.place(cacheRoot);
    execFileSync("touch", [`${folder}/readme`, `${folder}/0123456789abcdef0123456789abcdef.bak`]);
    purge("--all");
    assert.deepEqual(
      readdirSync(folder).filter((name) => statSync(join(folder, name)).isFile()),
      ["0123456789abcdef0123456789abcdef.bak", "readme"],
    );
  });

  for (const words of [
    [],
    ["purge"],
    ["purge", "--everything"],
    ["purge", "/x"],
    ["purge", "https://a b/"],
    ["purge", "x", "y"],
  ]) {
    it(`says how it is called for ${JSON.stringify(words)}`, () => {
      const { status, stderr } = run(...words);
      assert.equal(status, 2);
      assert.match(stderr, /usage: landfall-cache purge URL/);
    });
  }

  it("finds what nginx keeps where the plan has the folders, which only nginx's user can open", () => {
    const folders = cacheDirectories(cacheApps, cacheWeb);
    assert.deepEqual(
      folders.map(({ path, mode, owner }) => [path, mode, owner]),
      [
        [cacheRoot, "0755", "root"],
        [`${cacheRoot}/app-journal`, "0700", "www-data"],
        [`${cacheRoot}/web-shared`, "0700", "www-data"],
      ],
    );
    for (const { path } of folders.slice(1)) assert.equal(statSync(site.server.place(path)).mode & 0o777, 0o700);
    assert.match(readFileSync(program, "utf8"), new RegExp(`^ROOT = "${cacheRoot}"$`, "m"));
  });

  describe("what is kept", () => {
    it("stays when nginx reloads", async () => {
      const path = newPath();
      await ask(path);
      await site.server.reload();
      assert.equal(await state(path), "hit");
    });

    it("is answered with while the app is stopped, fresh or not", async () => {
      const [fresh, old, unknown] = [newPath(), newPath("/second/"), newPath()];
      await Promise.all([ask(fresh), ask(old)]);
      const app = site.apps.get("journal")!;
      await app.stop();
      await new Promise((resolve) => setTimeout(resolve, 2100));
      assert.deepEqual(
        [(await ask(fresh)).status, (await ask(old)).status, (await ask(unknown)).status],
        [200, 200, 502],
      );
      await app.start();
      chmodSync(site.server.socket("journal"), 0o666);
    });

    it("is not what the host itself asks for: its health checks mean the app", async () => {
      const path = newPath();
      await ask(path);
      const answer = await site.request(`${site.origin(cacheDomain)}${path}`, { from: "127.0.0.1" } as object);
      assert.deepEqual(answer.headers["cache-status"], ["landfall; fwd=bypass"]);
    });

    it("may be larger than nginx's memory for it", async () => {
      const path = newPath();
      const headers = { "X-Size": String(5 * 1024 * 1024) };
      const [first, second] = [await ask(path, headers), await ask(path)];
      assert.ok(first.body.length > 5 * 1024 * 1024);
      assert.equal(second.body, first.body);
    });
  });
});
