import assert from "node:assert/strict";
import { join } from "node:path";
import { App } from "../../../../components/app/app";
import { ServeBy } from "../../../../components/app/route/route";
import { guest } from "../../../../components/host/guest";
import { directHops } from "../../../../components/host/hops";
import { nginxFiles } from "../../../../components/host/nginx/files";
import { cacheControl } from "../../../../components/host/nginx/freshness";
import { assertGolden } from "../golden";

/** The seeds' words: files before the app for thirty days, answers kept in a zone, a login by cookie. */
const journal: App = {
  name: "journal",
  source: { directory: "journal" },
  process: { command: ["serve"] },
  routes: [
    {
      domain: "kept.example.com",
      serve: ServeBy.FilesFirst,
      directory: "public",
      files: { index: ["index.html", "index.htm"] },
      freshness: { seconds: 2_592_000, sharedSeconds: 86_400 },
      cache: { zone: "pages", keep: [{ statuses: [200, 301], seconds: 600 }], loginCookies: ["session.id"] },
    },
  ],
};
const web = {
  caches: [{ name: "pages", keysMiB: 100, maxMiB: 2048, inactiveSeconds: 864_000 }],
  compressTypes: ["application/vnd.nextthought.workspace+json"],
  keepAliveSeconds: 65,
};

describe("nginx's words for files and kept answers", () => {
  const files = nginxFiles([journal], directHops, guest(12), web);
  const content = (name: string): string => files.find(({ path }) => path === `/etc/nginx/${name}`)!.content;

  for (const name of ["apps/journal.conf", "sites/kept.example.com.conf"])
    it(`are those of ${name}`, () => assertGolden(join(__dirname, "golden/serve", name), content(name)));

  it("are said once where they are the server's", () => {
    const main = content("nginx.conf");
    assert.match(
      main,
      / proxy_cache_path \/var\/cache\/landfall\/web-pages levels=1:2 use_temp_path=off keys_zone=web-pages:100m max_size=2048m min_free=256m inactive=864000s;\n/,
    );
    assert.match(main, / keepalive_timeout 65s;\n/);
    assert.match(main, / gzip_types [^;]* text\/xml application\/vnd\.nextthought\.workspace\+json;\n/);
  });

  it("are none where nothing asks for them", () => {
    const [{ cache: _, freshness: __, ...route }] = journal.routes! as [NonNullable<App["routes"]>[number]];
    const plain = nginxFiles([{ ...journal, routes: [route] }], directHops, guest(12));
    for (const file of plain) assert.doesNotMatch(file.content, /proxy_cache|Cache-Control|Cache-Status/);
  });
});

describe("cacheControl", () => {
  const table: [Parameters<typeof cacheControl>[0], number, string][] = [
    [{ seconds: 5 }, 5, "public, max-age=5"],
    [{ seconds: 5 }, 0, "no-cache"],
    [{ seconds: 5, private: true }, 0, "private, no-cache"],
    [{ seconds: 0, sharedSeconds: 9 }, 0, "public, max-age=0, s-maxage=9"],
    [{ seconds: 5, sharedSeconds: 0 }, 5, "public, max-age=5, s-maxage=0"],
    [{ seconds: 5, sharedSeconds: 9, private: true }, 5, "private, max-age=5"],
    [{ seconds: 5, staleSeconds: 3, immutable: true }, 5, "public, max-age=5, stale-while-revalidate=3, immutable"],
  ];
  for (const [freshness, seconds, value] of table)
    it(`is "${value}" for ${JSON.stringify(freshness)}, ${seconds} s`, () =>
      assert.equal(cacheControl(freshness, seconds), value));
});
