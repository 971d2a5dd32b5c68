import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { connect as connectTls } from "node:tls";
import { promisify } from "node:util";
import { WebSocket } from "ws";
import { ask, speak } from "./client";
import { Seen } from "./echo-app";
import { nginxProgram } from "./nginx-program";
import { domain, useTraffic } from "./traffic";

describe("serving by a real nginx", function () {
  this.timeout(30_000);
  const traffic = useTraffic();
  const get: typeof traffic.get = (path, request) => traffic.get(path, request);
  const seen: typeof traffic.seen = (path, request) => traffic.seen(path, request);

  describe("plain HTTP", () => {
    it("is redirected to TLS on the public port, with its method kept", async () => {
      const answer = await get("/a%20b?c=d", { plain: true, method: "POST", body: "x" });
      assert.equal(answer.status, 308);
      assert.deepEqual(answer.headers["location"], [`https://${domain}:${traffic.server.httpsPort}/a%20b?c=d`]);
    });

    it("goes to the name that we know, whatever name the client says behind it", async () => {
      const answer = await get("/", { plain: true, headers: { Host: `${domain}:1` } });
      assert.deepEqual(answer.headers["location"], [`https://${domain}:${traffic.server.httpsPort}/`]);
    });

    it("answers the challenges of certificate authorities", async () => {
      traffic.server.addChallenge("token", "token.key");
      const answer = await get("/.well-known/acme-challenge/token", { plain: true });
      assert.deepEqual(
        [answer.status, answer.body, answer.headers["content-type"]],
        [200, "token.key", ["text/plain"]],
      );
    });

    it("on the port for TLS is redirected as well", async () => {
      const { stdout } = await promisify(execFile)("curl", [
        ...["-s", "-o", "/dev/null", "-w", "%{http_code} %{redirect_url}", "-H", `Host: ${domain}`],
        `http://127.0.0.1:${traffic.server.httpsPort}/x?y`,
      ]);
      assert.equal(stdout, `308 https://${domain}:${traffic.server.httpsPort}/x?y`);
    });
  });

  describe("strangers", () => {
    it("get no answer on plain HTTP", async () => {
      await assert.rejects(
        get("/", { plain: true, headers: { Host: "stranger.example" } }),
        /socket hang up|ECONNRESET/,
      );
    });

    it("get no certificate", async () => {
      const refused = new Promise((resolve, reject) => {
        const socket = connectTls(
          { host: "127.0.0.1", port: traffic.server.httpsPort, servername: "stranger.example" },
          () => resolve("let in"),
        );
        socket.once("error", reject);
      });
      await assert.rejects(refused, /unrecognized name|alert/);
    });

    it("that name us in TLS and another in HTTP are sent away", async () => {
      const said = await speak(
        traffic.server,
        domain,
        "GET / HTTP/1.1\r\nHost: stranger.example\r\nConnection: close\r\n\r\n",
      );
      assert.match(said, /^HTTP\/1.1 421 /);
    });
  });

  describe("connections to an app", () => {
    it("are kept for GET, HEAD and OPTIONS, and never for what must not be repeated", async () => {
      const connections: Record<string, number[]> = {};
      for (const method of ["GET", "OPTIONS", "GET", "POST", "PUT", "PATCH", "DELETE", "GET", "POST"]) {
        (connections[method] ??= []).push((await seen("/kept/", { method })).connection);
      }
      const { GET, OPTIONS, ...others } = connections;
      assert.equal(new Set([...GET!, ...OPTIONS!]).size, 1, `${String(GET)} and ${String(OPTIONS)}`);
      const fresh = Object.values(others).flat();
      assert.equal(new Set([...fresh, ...GET!]).size, fresh.length + 1);
    });

    it("bring the body of a POST", async () => {
      assert.equal((await seen("/board/", { method: "POST", body: "a=$host;\\" })).body, "a=$host;\\");
    });
  });

  describe("limits", () => {
    it("end the wait for an app that says nothing", async () => {
      const answers = [get("/slow/"), get("/slow/", { headers: { "X-Delay": "1600" } })].map(
        async (answer) => (await answer).status,
      );
      assert.deepEqual(await Promise.all(answers), [200, 504]);
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
      [domain, "/docs/.env", 404, /not here/],
      [domain, "/docs/.git/config", 404, /not here/],
      [domain, "/docs/guide/.git/config", 404, /not here/],
      [domain, "/docs/.well-known/security.txt", 200, /Contact/],
      [domain, "/docs/../secret.txt", 400, /400/],
      [domain, "/docs../secret.txt", 200, /"app":"root"/],
      [domain, "/docs/..%2fsecret.txt", 400, /400/],
      ["docs.example.com", "/", 200, /docs/],
      ["docs.example.com", "/.git/config", 404, /not here/],
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
        [await control("/docs/"), await control("/docs/style.css"), await control("/docs/logo.svg")],
        [["no-cache"], ["max-age=3600"], ["max-age=604800"]],
      );
    });

    it("have their folders found without a slash, on any port", async () => {
      assert.deepEqual((await get("/docs/guide")).headers["location"], ["/docs/guide/"]);
    });

    it("take no POST", async () => assert.equal((await get("/docs/", { method: "POST" })).status, 405));
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

    it("are passed on, and stay open while nginx reloads", async () => {
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
    const line = (await traffic.server.accessLog()).find((entry) => entry["id"] === headers["x-request-id"]);
    assert.deepEqual([line?.["uri"], line?.["status"], line?.["agent"]], ['/kept/log?"quoted"', "200", 'a"b\\c']);
  });

  it("nginx speaks HTTP/2 and TLS 1.3, and nothing before TLS 1.2", async () => {
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

  it("nginx says nothing about the files but that they are fine", async () => {
    const { program } = nginxProgram();
    const configuration = `${traffic.server.configuration}/nginx.conf`;
    const { stderr } = await promisify(execFile)(program, ["-t", "-e", "stderr", "-c", configuration]);
    assert.doesNotMatch(stderr, /warn|emerg|alert/);
  });
});
