import assert from "node:assert/strict";
import { connect as connectTls } from "node:tls";
import { WebSocket } from "ws";
import { eventually } from "../../eventually";
import { ask } from "./nginx/client";
import type { Seen } from "./nginx/echo-app";
import { domain, Traffic } from "./traffic";

/**
 * What a web server does with traffic of any kind, whichever it is. Call it in the body of `describe`.
 *
 * @param silent status of the answer for an app that says nothing
 */
export function servingBehaviour(traffic: Traffic, silent: 502 | 504): void {
  const get: typeof traffic.get = (path, request) => traffic.get(path, request);
  const seen: typeof traffic.seen = (path, request) => traffic.seen(path, request);

  describe("plain HTTP", () => {
    it("is redirected to TLS on the public port, with its method and path kept", async () => {
      const answer = await get("/a%20b%2Fc//?c=d%20e", { plain: true, method: "POST", body: "x" });
      assert.equal(answer.status, 308);
      assert.deepEqual(answer.headers["location"], [
        `https://${domain}:${traffic.server.httpsPort}/a%20b%2Fc//?c=d%20e`,
      ]);
    });

    it("goes to the name that we know, whatever name the client says behind it", async () => {
      const answer = await get("/", { plain: true, headers: { Host: `${domain}:1` } });
      assert.deepEqual(answer.headers["location"], [`https://${domain}:${traffic.server.httpsPort}/`]);
    });

    it("answers the challenges of certificate authorities", async () => {
      traffic.server.addChallenge("token", "token.key");
      const answer = await get("/.well-known/acme-challenge/token", { plain: true });
      assert.deepEqual([answer.status, answer.body], [200, "token.key"]);
      assert.match(answer.headers["content-type"]![0]!, /^text\/plain/);
    });
  });

  it("an app gets the body of a POST", async () => {
    assert.equal((await seen("/board/", { method: "POST", body: "a=$host;\\" })).body, "a=$host;\\");
  });

  describe("limits", () => {
    it("end the wait for an app that says nothing", async () => {
      const answers = [get("/slow/"), get("/slow/", { headers: { "X-Delay": "1600" } })].map(
        async (answer) => (await answer).status,
      );
      assert.deepEqual(await Promise.all(answers), [200, silent]);
    });

    it("do not keep an app from being asked again", async () => {
      assert.equal((await get("/slow/", { headers: { "X-Delay": "1600" } })).status, silent);
      assert.equal((await get("/slow/")).status, 200);
    });

    it("refuse a body over a route's own limit", async () => {
      const at = await get("/board/", { method: "POST", body: "x".repeat(1024 * 1024) });
      const over = await get("/board/", { method: "POST", body: "x".repeat(1024 * 1024 + 1) });
      assert.deepEqual([at.status, over.status], [200, 413]);
    });
  });

  describe("files", () => {
    const table: [domain: string, path: string, status: number, body: RegExp][] = [
      [domain, "/docs/", 200, /docs/],
      [domain, "/docs/guide/", 200, /guide/],
      [domain, "/docs/style.css", 200, /body/],
      [domain, "/docs/none", 404, /not here/],
      [domain, "/docs/empty/", 404, /not here/],
      [domain, "/docs/none/", 404, /not here/],
      ["docs.example.com", "/empty/", 404, /not here/],
      [domain, "/docs/.env", 404, /not here/],
      [domain, "/docs/.git/config", 404, /not here/],
      [domain, "/docs/guide/.git/config", 404, /not here/],
      [domain, "/docs/.well-known/security.txt", 200, /Contact/],
      [domain, "/docs/index.html/more", 404, /not here/],
      [domain, "/docs/../secret.txt", 400, /400|Bad Request/],
      [domain, "/docs../secret.txt", 200, /"app":"root"/],
      [domain, "/docs/..%2fsecret.txt", 400, /400|Bad Request/],
      [domain, "/media/page.txt", 200, /a page/],
      ["docs.example.com", "/", 200, /docs/],
      ["docs.example.com", "/.git/config", 404, /not here/],
      ["docs.example.com", "/api/.git/x", 200, /"app":"beside"/],
    ];
    for (const [name, path, status, body] of table) {
      it(`${name}${path} is ${status}`, async () => {
        const answer = await ask(traffic.server, name, path);
        assert.deepEqual([answer.status, body.test(answer.body)], [status, true], answer.body);
      });
    }

    it("are asked for again when they are pages, and kept for a while when not", async () => {
      const control = async (path: string): Promise<string[] | undefined> => (await get(path)).headers["cache-control"];
      assert.deepEqual(
        [
          await control("/docs/"),
          await control("/docs/style.css"),
          await control("/docs/logo.svg"),
          await control("/docs/none"),
        ],
        [["no-cache"], ["max-age=3600"], ["max-age=604800"], undefined],
      );
    });

    it("are the same still for who has them, compressed or not", async () => {
      for (const coding of ["gzip", "identity"]) {
        const headers = { "Accept-Encoding": coding };
        const etag = (await get("/docs/", { headers })).headers["etag"]![0]!;
        const again = await get("/docs/", { headers: { ...headers, "If-None-Match": etag } });
        assert.deepEqual([again.status, again.headers["cache-control"]], [304, ["no-cache"]], coding);
      }
    });

    it("have their folders found without a slash, on the port that the client knows", async () => {
      const answer = await get("/docs/guide");
      const location = new URL(answer.headers["location"]![0]!, `https://${domain}:${traffic.server.httpsPort}`);
      assert.equal(location.href, `https://${domain}:${traffic.server.httpsPort}/docs/guide/`);
    });

    it("take no POST", async () => assert.equal((await get("/docs/", { method: "POST" })).status, 405));
  });

  describe("compression", () => {
    const compressed = async (path: string, headers: Record<string, string> = {}) => {
      const { headers: got } = await get(path, { headers: { "Accept-Encoding": "gzip", ...headers } });
      return [got["content-encoding"], got["vary"]];
    };

    it("is for text, by app or by file", async () => {
      assert.deepEqual(await compressed("/docs/"), [["gzip"], ["Accept-Encoding"]]);
      const answer = { "X-Answer": JSON.stringify({ "Content-Type": "application/json" }), "X-Size": "1000" };
      assert.deepEqual(await compressed("/kept/", answer), [["gzip"], ["Accept-Encoding"]]);
    });

    it("is not for what is compressed already", async () => {
      const answer = { "X-Answer": JSON.stringify({ "Content-Type": "image/png" }), "X-Size": "1000" };
      assert.equal((await compressed("/kept/", answer))[0], undefined);
    });
  });

  describe("websockets", () => {
    const open = (path: string, name: string): WebSocket => {
      const tls = { servername: name, ca: traffic.server.certificate(name) };
      return new WebSocket(`wss://127.0.0.1:${traffic.server.httpsPort}${path}`, { ...tls, headers: { Host: name } });
    };
    const message = (socket: WebSocket): Promise<string> =>
      new Promise((resolve, reject) => {
        socket.once("message", (data) => resolve(String(data)));
        socket.once("error", reject);
      });

    it("are passed on, and stay open while the web server reloads", async () => {
      const socket = open("/room?id=1", "chat.localhost");
      const first = JSON.parse(await message(socket)) as Seen;
      assert.deepEqual([first.app, first.url], ["chat", "/room?id=1"]);
      await traffic.server.reload();
      socket.send("$still there");
      assert.equal(await message(socket), "$still there");
      socket.close();
    });

    it("are not opened on a route that does not allow them", async () => {
      await assert.rejects(message(open("/kept/", domain)), /Unexpected server response: 200/);
    });
  });

  it("the access log has a line of JSON for each request, with the id that the app got", async () => {
    const { headers } = await seen('/kept/log?"quoted"', { headers: { "User-Agent": 'a"b\\c' } });
    let line: Record<string, string> | undefined;
    // It is written once the client has its answer.
    await eventually(async () => {
      line = (await traffic.server.accessLog()).find(({ id }) => id === headers["x-request-id"]);
      assert.ok(line);
    });
    assert.deepEqual(
      [line?.["uri"], line?.["status"], line?.["agent"], line?.["host"], line?.["method"], line?.["client"]],
      ['/kept/log?"quoted"', "200", 'a"b\\c', domain, "GET", "127.0.0.1"],
    );
    assert.ok(!Number.isNaN(Date.parse(line!["time"]!)), line!["time"]);
  });

  it("it speaks HTTP/2 and TLS 1.3, and nothing before TLS 1.2", async () => {
    const options = {
      host: "127.0.0.1",
      port: traffic.server.httpsPort,
      servername: domain,
      ca: traffic.server.certificate(domain),
    };
    const open = (more: object): Promise<[string | null, string | false | null]> =>
      new Promise((resolve, reject) => {
        const socket = connectTls({ ...options, ...more }, () => {
          resolve([socket.getProtocol(), socket.alpnProtocol]);
          socket.destroy();
        });
        socket.once("error", reject);
      });
    assert.deepEqual(await open({ ALPNProtocols: ["h2", "http/1.1"] }), ["TLSv1.3", "h2"]);
    assert.deepEqual(await open({ maxVersion: "TLSv1.2" }), ["TLSv1.2", false]);
    await assert.rejects(open({ minVersion: "TLSv1", maxVersion: "TLSv1.1", ciphers: "DEFAULT@SECLEVEL=0" }), /alert/);
  });
}
