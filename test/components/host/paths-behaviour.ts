import assert from "node:assert/strict";
import { ask, speak } from "./nginx/client";
import { domain, Traffic } from "./traffic";

/** What web servers read in ways of their own. */
export interface PathsRead {
  /** The odd prefix of the traffic's apps. */
  oddPrefix: string;
  /** The same as clients write it. @default the same */
  odd?: string;
  /** More paths, the app that each is handed to, and what that sees. */
  more: readonly (readonly [path: string, app: string, url: string])[];
}

/** Which app gets a path, and what becomes of its redirects and cookies, by whichever web server. Call it in the body of `describe`. */
export function pathsThrough(traffic: Traffic, { oddPrefix, odd = oddPrefix, more }: PathsRead): void {
  const get: typeof traffic.get = (path, request) => traffic.get(path, request);
  const seen: typeof traffic.seen = (path, request) => traffic.seen(path, request);

  describe("paths", () => {
    const table: (readonly [path: string, app: string, url: string])[] = [
      ["/", "root", "/"],
      ["/?a=b", "root", "/?a=b"],
      ["/a%2Fb//c?d=/../e", "root", "/a%2Fb//c?d=/../e"],
      ["/boardx", "root", "/boardx"],
      ["/kept/", "kept", "/kept/"],
      ["/kept/a%2Fb//c", "kept", "/kept/a%2Fb//c"],
      ["/board/", "board", "/"],
      ["/board/?a=b", "board", "/?a=b"],
      ["/board/a/b?c=%2F", "board", "/a/b?c=%2F"],
      ["/board/a%2Fb", "board", "/a%2Fb"],
      ["/board/a%20b%25", "board", "/a%20b%25"],
      ["/board//a", "board", "//a"],
      ["//board/a", "board", "/a"],
      ["/%62oard/a", "board", "/a"],
      ["/board/.well-known/x", "board", "/.well-known/x"],
      ["/board/..a/.b./c..", "board", "/..a/.b./c.."],
      ["/board/%C3%A9", "board", "/%C3%A9"],
      ["/board/board/x", "board", "/board/x"],
      ["/board/a?b=/../c", "board", "/a?b=/../c"],
      ["/board/deep/x", "deep", "/x"],
      ["/board/kept/x", "deep", "/board/kept/x"],
      ["/deep/down/x", "deep", "/x"],
      ["/deep/down//x", "deep", "//x"],
      ["/deep/up", "root", "/deep/up"],
      [`${odd}/x$y`, "odd", "/x$y"],
      ...more,
    ];
    for (const [path, app, url] of table) {
      for (const method of ["GET", "POST"]) {
        it(`${method} ${path} is ${url} for ${app}`, async () => {
          const request = await seen(path, { method });
          assert.deepEqual([request.app, request.url, request.method], [app, url, method]);
        });
      }
    }

    it("in absolute form are the same", async () => {
      const said = await speak(
        traffic.server,
        domain,
        `GET https://${domain}/board/x HTTP/1.1\r\nHost: ${domain}\r\nConnection: close\r\n\r\n`,
      );
      assert.match(said, /"url":"\/x"/);
      assert.match(said, /"x-request-uri":"\/board\/x"/);
    });

    for (const path of [
      "/kept/../board/",
      "/board/%2e%2e/kept/",
      "/board/..",
      "/board/./x",
      "/kept/..%2fx",
      "/board/x/%2E./y?z",
      "/docs/../secret.txt",
    ]) {
      it(`${path} is refused: its dots would be read in two ways`, async () =>
        assert.equal((await get(path)).status, 400));
    }

    it("without the slash of a prefix are sent to the one with it", async () => {
      const answer = await get("/board?a=b", { method: "POST" });
      assert.deepEqual([answer.status, answer.headers["location"]], [308, ["/board/?a=b"]]);
      assert.deepEqual((await get(odd)).headers["location"], [`${oddPrefix}/`]);
    });

    for (const [name, path] of [
      ["docs.example.com", "/none"],
      ["alone.example.com", "/"],
      ["alone.example.com", "/onlyx"],
    ] as const) {
      it(`that no app has are not found: ${name}${path}`, async () =>
        assert.equal((await ask(traffic.server, name, path)).status, 404));
    }
  });

  describe("redirects of an app", () => {
    const redirected = async (path: string, location: string): Promise<string[] | undefined> =>
      (await get(path, { headers: { "X-Status": "302", "X-Answer": JSON.stringify({ Location: location }) } })).headers[
        "location"
      ];

    const stripped: [path: string, location: string, expected: string][] = [
      ["/board/x", "/", "/board/"],
      ["/board/x", "/login?next=/x", "/board/login?next=/x"],
      ["/board/x", "/board/login", "/board/login"],
      ["/board/x", "/board", "/board"],
      ["/board/x", "/boarding", "/board/boarding"],
      ["/board/x", "/Board/x", "/board/Board/x"],
      ["/board/x", "login", "login"],
      ["/board/x", "?page=2", "?page=2"],
      ["/board/x", "//other.example/x", "//other.example/x"],
      ["/board/x", "https://other.example/x", "https://other.example/x"],
      ["/board/x", `https://other.example/?u=http://${domain}/x`, `https://other.example/?u=http://${domain}/x`],
      ["/board/x", "http://HOST/login", "/board/login"],
      ["/board/x", "https://HOST/board/login", "https://HOST/board/login"],
      ["/board/x", "http://HOST/board/login", "https://HOST/board/login"],
      ["/board/x", `https://${domain}.evil.example/x`, `https://${domain}.evil.example/x`],
      ["/board/deep/x", "/login", "/board/deep/login"],
      ["/board/kept/x", "/login", "/login"],
      [`${odd}/x`, "/login", `${oddPrefix}/login`],
      ["/kept/x", "http://HOST/kept/y", "https://HOST/kept/y"],
      ["/kept/x", "/login", "/login"],
    ];
    for (const [path, location, expected] of stripped) {
      it(`to ${location} from ${path} becomes ${expected}`, async () => {
        const here = (text: string): string => text.replace("HOST", `${domain}:${traffic.server.httpsPort}`);
        assert.deepEqual(await redirected(path, here(location)), [here(expected)]);
      });
    }

    it("of a POST is mapped too", async () => {
      const headers = { "X-Status": "303", "X-Answer": JSON.stringify({ Location: "/done" }) };
      assert.deepEqual((await get("/board/x", { method: "POST", headers })).headers["location"], ["/board/done"]);
    });
  });

  for (const [path, prefix] of [
    ["/board/", "/board/"],
    ["/board/deep/", "/board/deep/"],
    ["/kept/", "/"],
  ] as const) {
    it(`cookies of an app at ${path} are for ${prefix}`, async () => {
      const cookies = ["a=1; Path=/; HttpOnly", `b=2; Path=${prefix}x; Secure`, "c=3; path=/y", "d=4"];
      const answer = await get(path, { headers: { "X-Answer": JSON.stringify({ "Set-Cookie": cookies }) } });
      assert.deepEqual(answer.headers["set-cookie"], [
        `a=1; Path=${prefix}; HttpOnly`,
        `b=2; Path=${prefix}x; Secure`,
        `c=3; path=${prefix}y`,
        "d=4",
      ]);
    });
  }
}
