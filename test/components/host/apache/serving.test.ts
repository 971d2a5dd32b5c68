import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { connect as connectHttp2, type OutgoingHttpHeaders } from "node:http2";
import { connect as connectTls } from "node:tls";
import { promisify } from "node:util";
import { WebSocket } from "ws";
import { ask, speak } from "../nginx/client";
import type { Seen } from "../nginx/echo-app";
import { domain, useTraffic } from "./traffic";

describe("serving by a real httpd", function () {
  this.timeout(30_000);
  const traffic = useTraffic();
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

    it("on the port for TLS gets no page of ours", async () => {
      const { stdout } = await promisify(execFile)("curl", [
        ...["-s", "-o", "/dev/null", "-w", "%{http_code}", "-H", `Host: ${domain}`],
        `http://127.0.0.1:${traffic.server.httpsPort}/x?y`,
      ]);
      assert.equal(stdout, "400");
    });
  });

  describe("strangers", () => {
    it("are sent away on plain HTTP", async () => {
      const answer = await get("/kept/", { plain: true, headers: { Host: "stranger.example" } });
      assert.equal(answer.status, 421);
      assert.ok(!answer.body.includes(domain), answer.body);
    });

    it("get a certificate that tells no name", async () => {
      const names = await new Promise<string | undefined>((resolve, reject) => {
        const options = { port: traffic.server.httpsPort, servername: "stranger.example", rejectUnauthorized: false };
        const socket = connectTls({ host: "127.0.0.1", ...options }, () => {
          resolve(socket.getPeerCertificate().subjectaltname);
          socket.destroy();
        });
        socket.once("error", reject);
      });
      assert.equal(names, "DNS:unknown.invalid");
    });

    const secure = (name: string | undefined, host: string): Promise<string> =>
      new Promise((resolve, reject) => {
        const options = { port: traffic.server.httpsPort, servername: name, rejectUnauthorized: false };
        const socket = connectTls({ host: "127.0.0.1", ...options }, () =>
          socket.write(`GET /kept/ HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`),
        );
        let said = "";
        socket.on("data", (chunk) => (said += String(chunk)));
        socket.once("end", () => resolve(said));
        socket.once("error", reject);
      });

    for (const [name, host] of [
      ["stranger.example", "stranger.example"],
      [domain, "stranger.example"],
      ["stranger.example", domain],
      [undefined, "127.0.0.1"],
      [undefined, domain],
    ] as const) {
      it(`that name ${name ?? "nobody"} in TLS and ${host} in HTTP are sent away`, async () =>
        assert.match(await secure(name, host), /^HTTP\/1.1 (?:421|403) /));
    }
  });

  describe("connections to an app", () => {
    it("are one for each request, so that none is closed while a request is written to it", async () => {
      const connections = new Set<number>();
      for (const method of ["GET", "POST", "GET", "PUT"])
        connections.add((await seen("/kept/", { method })).connection);
      assert.equal(connections.size, 4);
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
      // nginx would say 504.
      assert.deepEqual(await Promise.all(answers), [200, 502]);
    });

    it("do not keep an app from being asked again", async () => {
      assert.equal((await get("/slow/", { headers: { "X-Delay": "1600" } })).status, 502);
      assert.equal((await get("/slow/")).status, 200);
    });

    it("refuse a body over a route's own limit", async () => {
      const at = await get("/board/", { method: "POST", body: "x".repeat(1024 * 1024) });
      const over = await get("/board/", { method: "POST", body: "x".repeat(1024 * 1024 + 1) });
      assert.deepEqual([at.status, over.status], [200, 413]);
    });

    it("hold for a body whose length is not told, too: it is refused", async () => {
      const headers = { "Transfer-Encoding": "chunked" };
      assert.equal((await get("/board/", { method: "POST", headers, body: "x" })).status, 411);
    });

    it("hold by HTTP/2 as well", async () => {
      const posted = (length?: number) =>
        overHttp2({ ":path": "/board/", ":method": "POST", ...(length && { "content-length": length }) }, length ?? 5);
      assert.deepEqual(
        [(await posted()).status, (await posted(5)).status, (await posted(1024 * 1024 + 1)).status],
        [411, 200, 413],
      );
    });

    it("say that an app is not there, and ask it again at once", async () => {
      const gone = () => ask(traffic.server, "alone.example.com", "/only/");
      await traffic.stop("alone");
      assert.equal((await gone()).status, 503);
      await traffic.start("alone");
      assert.equal((await gone()).status, 200);
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
      [domain, "/docs/empty/", 404, /not here/],
      [domain, "/docs/.well-known/security.txt", 200, /Contact/],
      [domain, "/docs/index.html/more", 404, /not here/],
      [domain, "/docs../secret.txt", 200, /"app":"root"/],
      [domain, "/docs/..%2fsecret.txt", 400, /Bad Request/],
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
      const answer = { "X-Answer": JSON.stringify({ "Content-Type": "application/json" }) };
      assert.deepEqual(await compressed("/kept/", answer), [["gzip"], ["Accept-Encoding"]]);
    });

    it("is not for what is compressed already", async () => {
      const answer = { "X-Answer": JSON.stringify({ "Content-Type": "image/png" }) };
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

    it("are passed on, and stay open while httpd reloads", async () => {
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

  describe("the access log", () => {
    it("has a line of JSON for each request, with the id that the app got", async () => {
      const { headers } = await seen('/kept/log?"quoted"', { headers: { "User-Agent": 'a"b\\c' } });
      const line = traffic.server.accessLog().find((entry) => entry["id"] === headers["x-request-id"]);
      assert.deepEqual(
        [line?.["uri"], line?.["status"], line?.["agent"], line?.["host"], line?.["method"], line?.["client"]],
        ['/kept/log?"quoted"', "200", 'a"b\\c', domain, "GET", "127.0.0.1"],
      );
      assert.ok(!Number.isNaN(Date.parse(line!["time"]!)), line!["time"]);
    });

    it("is JSON whatever a client says", async () => {
      const before = traffic.server.accessLog().length;
      for (const agent of ["\u00e9\u00ff", "tab\there", "%n %{x}e ${HOME} \\x41"])
        await get("/kept/", { headers: { "User-Agent": Buffer.from(agent).toString("latin1"), Referer: "\u00fc" } });
      for (const text of [
        "GET /\u0001 HTTP/1.1\r\n",
        "G\u0001T / HTTP/1.1\r\n",
        "\u00ff\u00ff\r\n",
        "GET /\u00fc HTTP/1.1\r\n",
      ])
        await speak(traffic.server, domain, `${text}Host: ${domain}\r\nConnection: close\r\n\r\n`);
      const lines = traffic.server.accessLog().slice(before);
      assert.ok(lines.length >= 4, `${lines.length} lines`);
      assert.ok(lines.some(({ agent }) => agent === "%n %{x}e ${HOME} \\x41"));
    });

    it("says nothing of strangers", async () => {
      await get("/from-a-stranger", { plain: true, headers: { Host: "stranger.example" } });
      assert.ok(!traffic.server.accessLog().some(({ uri }) => uri === "/from-a-stranger"));
    });
  });

  it("httpd speaks HTTP/2 and TLS 1.3, and nothing before TLS 1.2", async () => {
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

  /** Asks the first domain by HTTP/2. */
  async function overHttp2(headers: OutgoingHttpHeaders, bytes = 0): Promise<{ status: number; body: string }> {
    const { httpsPort: port } = traffic.server;
    const tls = { host: "127.0.0.1", port, servername: domain, ca: traffic.server.certificate(domain) };
    const session = connectHttp2(`https://${domain}:${port}`, {
      createConnection: () => connectTls({ ...tls, ALPNProtocols: ["h2"] }),
    });
    try {
      return await new Promise((resolve, reject) => {
        const stream = session.request(headers, { endStream: bytes === 0 });
        let [status, body] = [0, ""];
        stream.on("response", (answer) => (status = answer[":status"] ?? 0));
        stream.on("data", (chunk) => (body += String(chunk)));
        stream.on("end", () => resolve({ status, body }));
        stream.on("error", reject);
        if (bytes) stream.end("x".repeat(bytes));
      });
    } finally {
      session.destroy();
    }
  }

  it("a request by HTTP/2 is told to the app as any other", async () => {
    const { app, url, headers } = JSON.parse((await overHttp2({ ":path": "/board/a%2Fb?c" })).body) as Seen;
    assert.deepEqual(
      [app, url, headers["host"], headers["x-request-uri"]],
      ["board", "/a%2Fb?c", `${domain}:${traffic.server.httpsPort}`, "/board/a%2Fb?c"],
    );
  });
});
