import assert from "node:assert/strict";
import { ask, speak } from "./client";
import { domain, useTraffic } from "./traffic";

describe("paths through a real nginx", function () {
  this.timeout(30_000);
  const traffic = useTraffic();
  const get: typeof traffic.get = (path, request) => traffic.get(path, request);
  const seen: typeof traffic.seen = (path, request) => traffic.seen(path, request);

  describe("paths", () => {
    const table: [path: string, app: string, url: string][] = [
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
      ["/board%2Fa", "board", "/a"],
      ["/board/.well-known/x", "board", "/.well-known/x"],
      ["/board/..a/.b./c..", "board", "/..a/.b./c.."],
      ["/board/%C3%A9", "board", "/%C3%A9"],
      ["/board/$host;{}", "board", "/$host;{}"],
      ["/board/board/x", "board", "/board/x"],
      ["/board/a?b=/../c", "board", "/a?b=/../c"],
      ["/deep/down/x", "deep", "/x"],
      ["/deep//down//x", "deep", "//x"],
      ["/deep/up", "root", "/deep/up"],
      ["/pay$/v1(;'%25)/x$y", "odd", "/x$y"],
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
        traffic.nginx,
        domain,
        `GET https://${domain}/board/x HTTP/1.1\r\nHost: ${domain}\r\nConnection: close\r\n\r\n`,
      );
      assert.match(said, /"url":"\/x"/);
    });

    for (const path of [
      "/kept/../board/",
      "/board/%2e%2e/kept/",
      "/board/..",
      "/board/./x",
      "/kept/..%2fx",
      "/board/x/%2E./y?z",
    ]) {
      it(`${path} is refused: its dots would be read in two ways`, async () =>
        assert.equal((await get(path)).status, 400));
    }

    it("without the slash of a prefix are sent to the one with it", async () => {
      const answer = await get("/board?a=b", { method: "POST" });
      assert.deepEqual([answer.status, answer.headers["location"]], [308, ["/board/?a=b"]]);
      assert.deepEqual((await get("/pay$/v1(;'%25)")).headers["location"], ["/pay$/v1(;'%)/"]);
    });

    it("that no app has are not found", async () => {
      assert.equal((await ask(traffic.nginx, "docs.example.com", "/none")).status, 404);
    });
  });

  describe("redirects of an app", () => {
    const redirected = async (path: string, location: string): Promise<string[] | undefined> =>
      (await get(path, { headers: { "X-Status": "302", "X-Answer": JSON.stringify({ Location: location }) } })).headers[
        "location"
      ];

    const stripped: [location: string, expected: string][] = [
      ["/", "/board/"],
      ["/login?next=/x", "/board/login?next=/x"],
      ["/board/login", "/board/login"],
      ["/board", "/board"],
      ["/boarding", "/board/boarding"],
      ["login", "login"],
      ["?page=2", "?page=2"],
      ["//other.example/x", "//other.example/x"],
      ["https://other.example/x", "https://other.example/x"],
      [`https://other.example/?u=http://${domain}/x`, `https://other.example/?u=http://${domain}/x`],
      ["http://HOST/login", "/board/login"],
      ["https://HOST/board/login", "https://HOST/board/login"],
      ["http://HOST/board/login", "https://HOST/board/login"],
      [`https://${domain}.evil.example/x`, `https://${domain}.evil.example/x`],
    ];
    for (const [location, expected] of stripped) {
      it(`to ${location} below a prefix becomes ${expected}`, async () => {
        const here = (text: string): string => text.replace("HOST", `${domain}:${traffic.nginx.httpsPort}`);
        assert.deepEqual(await redirected("/board/x", here(location)), [here(expected)]);
      });
    }

    it("to plain HTTP on our own name is put right", async () => {
      assert.deepEqual(await redirected("/kept/x", `http://${domain}:${traffic.nginx.httpsPort}/kept/y`), [
        `https://${domain}:${traffic.nginx.httpsPort}/kept/y`,
      ]);
    });

    it("with a prefix that is kept is left alone", async () => {
      assert.deepEqual(await redirected("/kept/x", "/login"), ["/login"]);
    });

    it("of a POST is mapped too", async () => {
      const headers = { "X-Status": "303", "X-Answer": JSON.stringify({ Location: "/done" }) };
      assert.deepEqual((await get("/board/x", { method: "POST", headers })).headers["location"], ["/board/done"]);
    });
  });

  it("cookies of an app without its prefix are for the prefix", async () => {
    const cookies = ["a=1; Path=/; HttpOnly", "b=2; Path=/board/x", "c=3; Path=/y", "d=4"];
    const answer = await get("/board/", { headers: { "X-Answer": JSON.stringify({ "Set-Cookie": cookies }) } });
    assert.deepEqual(answer.headers["set-cookie"], [
      "a=1; Path=/board/; HttpOnly",
      "b=2; Path=/board/x",
      "c=3; Path=/board/y",
      "d=4",
    ]);
  });
});
