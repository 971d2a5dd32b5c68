import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { connect as connectHttp2, type OutgoingHttpHeaders } from "node:http2";
import { connect as connectTls } from "node:tls";
import { promisify } from "node:util";
import { eventually } from "../../../eventually";
import { ask, speak } from "../nginx/client";
import type { Seen } from "../nginx/echo-app";
import { servingBehaviour } from "../serving-behaviour";
import { domain, useTraffic } from "./traffic";

describe("serving by a real httpd", function () {
  this.timeout(30_000);
  const traffic = useTraffic();
  const get: typeof traffic.get = (path, request) => traffic.get(path, request);
  const seen: typeof traffic.seen = (path, request) => traffic.seen(path, request);

  // nginx would say 504.
  servingBehaviour(traffic, 502);

  describe("plain HTTP", () => {
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
  });

  describe("limits", () => {
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

  describe("the access log", () => {
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
      await eventually(async () => {
        const lines = traffic.server.accessLog().slice(before);
        assert.ok(lines.length >= 4, `${lines.length} lines`);
        assert.ok(lines.some(({ agent }) => agent === "%n %{x}e ${HOME} \\x41"));
      });
    });

    it("says nothing of strangers", async () => {
      await get("/from-a-stranger", { plain: true, headers: { Host: "stranger.example" } });
      await get("/after-a-stranger", { plain: true });
      await eventually(async () =>
        assert.ok(traffic.server.accessLog().some(({ uri }) => uri === "/after-a-stranger")),
      );
      assert.ok(!traffic.server.accessLog().some(({ uri }) => uri === "/from-a-stranger"));
    });
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
