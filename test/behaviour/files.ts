import assert from "node:assert/strict";
import { statSync } from "node:fs";
import { join } from "node:path";
import { type App } from "../../components/app/app";
import { type Route, ServeBy } from "../../components/app/route/route";
import { command } from "../../components/app/presets/command";
import type { Web } from "../../components/app/web";
import { probePrivateAnswers } from "../../components/probe/private-answers";
import type { Seen, Subject, SubjectRequest } from "./subject";

/** Where the app of this behaviour answers: from files, from files first, and by itself. */
export const filesDomain = "files.example.com";
export const firstDomain = "first.example.com";

/** Thirty days, as a seed has it. */
const month = 30 * 86_400;

const files = (route: Omit<Route, "domain">): Route => ({
  domain: filesDomain,
  serve: ServeBy.Files,
  directory: "public",
  ...route,
});
const first = (route: Omit<Route, "domain">): Route => ({
  domain: firstDomain,
  serve: ServeBy.FilesFirst,
  directory: "public",
  ...route,
});

/** The folder that the app is packed from. */
export const pagesFolder = join(__dirname, "../machine/site-apps/pages");

/** A content type that nobody compresses unless told so; a seed has it. */
const ownType = "application/vnd.nextthought.workspace+json";

/** What is said once for the web server that `filesBehaviour` asks. */
export const filesWeb: Web = { compressTypes: [ownType] };

/** The app that `filesBehaviour` asks. */
export const filesApps: readonly App[] = [
  command({
    name: "filed",
    source: { directory: pagesFolder },
    command: ["python3", "app.py", "filed"],
    routes: [
      { domain: filesDomain, path: "/app/" },
      files({}),
      files({ path: "/alias/", stripPrefix: true, files: { index: ["index.html", "index.htm"] } }),
      files({ path: "/aged/", stripPrefix: true, freshness: { seconds: month } }),
      files({ path: "/fixed/", stripPrefix: true, freshness: { seconds: month, pageSeconds: 60, immutable: true } }),
      files({ path: "/packed/", stripPrefix: true, files: { precompressed: true } }),
      files({ path: "/plain/", stripPrefix: true, compress: false }),
      first({ files: { index: ["index.html", "index.htm"] }, freshness: { seconds: month }, maxBodyMiB: 20 }),
      first({ path: "/sub/", stripPrefix: true }),
      first({ path: "/packed/", stripPrefix: true, files: { precompressed: true } }),
      { domain: firstDomain, path: "/dataserver2/" },
      {
        domain: firstDomain,
        path: "/fresh/",
        freshness: { seconds: 60, sharedSeconds: 600, staleSeconds: 30, pageSeconds: 5 },
      },
    ],
  }),
];

/** What every web server does with files. Call it in the body of `describe`. */
export function filesBehaviour(site: Subject): void {
  const ask = (domain: string, path: string, request?: SubjectRequest) =>
    site.request(`${site.origin(domain)}${path}`, request);
  const control = async (domain: string, path: string, request?: SubjectRequest): Promise<string | undefined> =>
    (await ask(domain, path, request)).headers["cache-control"]?.join(", ");

  describe("from files alone", () => {
    const table: [path: string, status: number, body: RegExp][] = [
      ["/", 200, /start/],
      ["/index.html", 200, /start/],
      ["/guide/", 200, /guide/],
      ["/style.css", 200, /margin/],
      ["/a%20b.txt", 200, /space/],
      ["/indexed$1.txt", 200, /dollar/],
      ["/.well-known/security.txt", 200, /Contact/],
      ["/none", 404, /not here/],
      ["/old/", 404, /not here/],
      ["/.htaccess", 404, /not here/],
      ["/.env", 404, /not here/],
      ["/.tool/config", 404, /not here/],
      ["/guide/%2eenv", 404, /not here/],
      ["/alias/", 200, /start/],
      ["/alias/old/", 200, /old/],
      ["/alias/guide/index.html", 200, /guide/],
      ["/alias/.env", 404, /not here/],
      ["/alias/../app.py", 400, /400/],
      ["/alias../app.py", 404, /not here/],
      ["/alias..%2fapp.py", 404, /not here/],
      ["/alias%2f..%2fapp.py", 400, /400/],
      ["/app.py", 404, /not here/],
    ];
    for (const [path, status, body] of table) {
      it(`${path} is ${status}`, async () => {
        const answer = await ask(filesDomain, path);
        assert.equal(answer.status, status, answer.body);
        assert.match(answer.body, body);
      });
    }

    it("a folder without its slash is sent to the one with it, on the port the client knows", async () => {
      const answer = await ask(filesDomain, "/alias/guide", { forwarded: true });
      const [to = ""] = answer.headers["location"] ?? [];
      assert.equal(
        new URL(to, `${site.origin(filesDomain)}/alias/guide`).href,
        `${site.origin(filesDomain)}/alias/guide/`,
      );
    });

    it("the app has its listed paths beside them", async () => {
      const seen = JSON.parse((await ask(filesDomain, "/app/x?y")).body) as Seen;
      assert.deepEqual([seen.app, seen.url], ["filed", "/app/x?y"]);
    });

    it("part of a file is had by its range", async () => {
      const answer = await ask(filesDomain, "/style.css", { headers: { Range: "bytes=3-6" } });
      assert.deepEqual([answer.status, answer.body], [206, "long"]);
    });
  });

  describe("files first", () => {
    const seen = async (path: string, request?: SubjectRequest): Promise<[string, string, string]> => {
      const answer = await ask(firstDomain, path, request);
      assert.equal(answer.status, 200, answer.body);
      const { app, method, url } = JSON.parse(answer.body) as Seen;
      return [app, method, url];
    };

    for (const [path, body] of [
      ["/", /start/],
      ["/style.css", /margin/],
      ["/old/", /old/],
      ["/sub/", /start/],
      ["/sub/guide/", /guide/],
      ["/sub/style.css?v=2", /margin/],
      ["/.well-known/security.txt", /Contact/],
    ] as const) {
      it(`${path} is a file`, async () => {
        const answer = await ask(firstDomain, path);
        assert.equal(answer.status, 200);
        assert.match(answer.body, body);
      });
    }

    for (const [path, url] of [
      ["/none", "/none"],
      ["/none/x%2Fy?z=1", "/none/x%2Fy?z=1"],
      ["/empty/", "/empty/"],
      ["/guide", "/guide"],
      ["/sub/none%20x?y", "/none%20x?y"],
      ["/sub/empty/", "/empty/"],
      ["/.well-known/none", "/.well-known/none"],
      ["/dataserver2/x", "/dataserver2/x"],
      ["/dataserver2/style.css", "/dataserver2/style.css"],
    ] as const) {
      it(`${path} is the app's`, async () => assert.deepEqual(await seen(path), ["filed", "GET", url]));
    }

    it("is the app's for what is neither GET nor HEAD, though there is a file", async () => {
      assert.deepEqual(await seen("/style.css", { method: "POST", body: "x" }), ["filed", "POST", "/style.css"]);
      assert.deepEqual(await seen("/", { method: "PUT", body: "x" }), ["filed", "PUT", "/"]);
      assert.deepEqual(await seen("/sub/", { method: "POST", body: "x" }), ["filed", "POST", "/"]);
    });

    it("takes a body up to the route's limit", async () => {
      const status = async (mebibytes: number): Promise<number> =>
        (await ask(firstDomain, "/up", { method: "POST", body: "x".repeat(mebibytes * 1024 * 1024) })).status;
      assert.deepEqual([await status(19), await status(21)], [200, 413]);
    });

    it("has no hidden files, and the app is not asked for them", async () => {
      for (const path of ["/.htaccess", "/.env", "/.tool/config", "/.none", "/sub/.env"])
        assert.equal((await ask(firstDomain, path)).status, 404, path);
    });
  });

  describe("how long answers may be used", () => {
    it("is a week at most where nobody says, and pages are asked for each time", async () => {
      const said = [await control(filesDomain, "/"), await control(filesDomain, "/logo.svg")];
      assert.deepEqual(said, ["no-cache", "max-age=604800"]);
    });

    it("is what the route says, but for pages", async () => {
      const year = `public, max-age=${month}`;
      assert.deepEqual(
        [
          await control(filesDomain, "/aged/style.css"),
          await control(filesDomain, "/aged/logo.svg"),
          await control(filesDomain, "/aged/"),
          await control(firstDomain, "/style.css"),
          await control(firstDomain, "/old/"),
          await control(filesDomain, "/fixed/style.css"),
          await control(filesDomain, "/fixed/"),
        ],
        [year, year, "no-cache", year, "no-cache", `${year}, immutable`, "public, max-age=60, immutable"],
      );
    });

    it("is the same for what has not changed", async () => {
      for (const path of ["/aged/", "/aged/index.html", "/aged/style.css", "/", "/logo.svg", "/style.css"]) {
        const { headers } = await ask(filesDomain, path);
        const again = { headers: { "If-None-Match": headers["etag"]?.[0] ?? "" } };
        const answer = await ask(filesDomain, path, again);
        assert.deepEqual([answer.status, answer.headers["cache-control"]], [304, headers["cache-control"]], path);
      }
    });

    it("is nothing for what is not there", async () => {
      assert.equal(await control(filesDomain, "/aged/none"), undefined);
      assert.equal(await control(firstDomain, "/fresh/", { headers: { "X-Status": "404" } }), undefined);
    });

    const answering = (headers: Record<string, string>, more: Record<string, string> = {}): SubjectRequest => ({
      headers: { "X-Answer": JSON.stringify(headers), ...more },
    });

    it("is what the app says, else what its route says, for browsers and for a CDN", async () => {
      const said = [
        await control(firstDomain, "/fresh/", answering({ "Content-Type": "image/png" })),
        await control(firstDomain, "/fresh/", answering({ "Content-Type": "text/html; charset=utf-8" })),
        await control(firstDomain, "/fresh/", answering({ "Cache-Control": "no-store" })),
        await control(firstDomain, "/fresh/", answering({ Expires: "Thu, 01 Jan 1970 00:00:00 GMT" })),
        await control(firstDomain, "/dataserver2/", answering({})),
      ];
      const rest = "s-maxage=600, stale-while-revalidate=30";
      assert.deepEqual(said, [
        `public, max-age=60, ${rest}`,
        `public, max-age=5, ${rest}`,
        "no-store",
        undefined,
        undefined,
      ]);
    });

    it("is for one browser alone where a cookie is set, and for those who are logged in", async () => {
      const plain = { "Content-Type": "image/png" };
      const said = [
        await control(firstDomain, "/fresh/", answering({ ...plain, "Set-Cookie": "a=1|text/html" })),
        await control(firstDomain, "/fresh/", answering(plain, { Cookie: "a=|||text/html" })),
        await control(firstDomain, "/fresh/", answering(plain, { Authorization: "Basic eDp5" })),
      ];
      assert.deepEqual(said, Array(3).fill("private, max-age=60, stale-while-revalidate=30"));
      const [url, cookie] = [`${site.origin(firstDomain)}/fresh/`, { ...plain, "Set-Cookie": "a=1" }];
      for (const headers of [plain, cookie])
        assert.deepEqual(
          await probePrivateAnswers((...asked) => site.request(...asked), url, { request: answering(headers) }),
          [],
        );
    });
  });

  describe("compression", () => {
    const coded = (domain: string, path: string, coding = "gzip") =>
      ask(domain, path, { headers: { "Accept-Encoding": coding } });
    const encoded = async (path: string, coding?: string): Promise<string | undefined> =>
      (await coded(filesDomain, path, coding)).headers["content-encoding"]?.[0];

    it("is done for texts, and not for what is small", async () => {
      assert.equal(await encoded("/style.css"), "gzip");
      assert.equal(await encoded("/"), undefined);
      assert.equal(await encoded("/style.css", "identity"), undefined);
    });

    it("tells caches that it depends on the client", async () => {
      const answer = await ask(filesDomain, "/style.css", { headers: { "Accept-Encoding": "gzip" } });
      assert.match(answer.headers["vary"]?.join(", ") ?? "", /Accept-Encoding/);
    });

    describe("was done before where there is a compressed file beside it", () => {
      /** What the file has in its header, and what is compressed at each request has not. */
      const mark = "packed before";

      for (const [domain, path] of [
        [filesDomain, "/packed/script.js"],
        [firstDomain, "/packed/script.js?v=1"],
      ] as const) {
        it(`at ${domain}${path}`, async () => {
          const { status, headers, body } = await coded(domain, path);
          assert.deepEqual(
            [status, headers["content-encoding"], headers["vary"]],
            [200, ["gzip"], ["Accept-Encoding"]],
          );
          assert.equal(headers["content-length"]?.[0], String(statSync(join(pagesFolder, "public/script.js.gz")).size));
          assert.ok(body.includes(mark));
        });

        it(`and is of the same type as the file, and no less fresh, at ${domain}${path}`, async () => {
          const [packed, plain] = [await coded(domain, path), await coded(domain, path, "identity")];
          for (const name of ["content-type", "cache-control"])
            assert.deepEqual([packed.headers[name]?.length, packed.headers[name]], [1, plain.headers[name]]);
          assert.match(packed.headers["content-type"]![0]!, /javascript; *charset=utf-8$/);
        });

        it(`and is still the same for who has it, at ${domain}${path}`, async () => {
          const { headers } = await coded(domain, path);
          const etag = headers["etag"]![0]!;
          const again = await ask(domain, path, { headers: { "Accept-Encoding": "gzip", "If-None-Match": etag } });
          assert.equal(again.status, 304);
        });
      }

      it("but not for who does not take it", async () => {
        for (const coding of ["identity", "br", "gzip;q=0", "xgzip"]) {
          const { headers, body } = await coded(filesDomain, "/packed/script.js", coding);
          assert.deepEqual([headers["content-encoding"], headers["vary"]], [undefined, ["Accept-Encoding"]], coding);
          assert.match(body, /^"as it is/);
        }
      });

      it("of a folder's own file, too", async () => {
        const { headers, body } = await coded(filesDomain, "/packed/packed/");
        assert.deepEqual([headers["content-encoding"], body.includes(mark)], [["gzip"], true]);
        assert.match(headers["content-type"]?.[0] ?? "", /^text\/html/);
      });

      it("and the app is asked where it is there alone", async () => {
        const headers = { "Accept-Encoding": "gzip", "X-Answer": JSON.stringify({ "Content-Type": "image/png" }) };
        const { body } = await ask(firstDomain, "/packed/alone.txt", { headers });
        assert.equal((JSON.parse(body) as Seen).url, "/alone.txt");
      });

      it("where the route says so", async () => {
        const { headers, body } = await coded(filesDomain, "/script.js");
        assert.deepEqual([headers["content-encoding"], body.includes(mark)], [["gzip"], false]);
      });
    });

    it("is done for further types where the web server is told so", async () => {
      const typed = async (type: string): Promise<string | undefined> => {
        const headers = { "X-Answer": JSON.stringify({ "Content-Type": type }), "X-Padding": "x".repeat(600) };
        const answer = await ask(filesDomain, "/app/", { headers: { ...headers, "Accept-Encoding": "gzip" } });
        return answer.headers["content-encoding"]?.[0];
      };
      assert.deepEqual([await typed(ownType), await typed("application/vnd.other+json")], ["gzip", undefined]);
    });

    it("is left out where the route says so", async () => assert.equal(await encoded("/plain/style.css"), undefined));
  });
}
