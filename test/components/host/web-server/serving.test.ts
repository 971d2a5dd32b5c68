import assert from "node:assert/strict";
import { IncomingHttpHeaders, request } from "node:http";
import { WebSocket } from "ws";
import { App } from "../../../../components/app/app";
import { webServerSnippets } from "../../../../components/host/web-server/snippet";
import { WebServer, WebServerArgs, webServerHop } from "../../../../components/host/web-server/web-server";
import { selfSigned } from "../../../loopback/self-signed";
import { EchoApp, Seen } from "../nginx/echo-app";
import { lies } from "../nginx/lies";
import { RunningNginx } from "../nginx/running-nginx";
import { RunningWebServer } from "./running-web-server";

const domain = "www.example.com";
const process = { command: ["app"] };
const apps: App[] = [
  { name: "kept", source: {}, process, routes: [{ domain, path: "/kept/", maxBodyMiB: 2 }] },
  { name: "board", source: {}, process, routes: [{ domain, path: "/board/", stripPrefix: true }] },
  { name: "chat", source: {}, process, routes: [{ domain, path: "/board/chat/", websocket: true }] },
];

/** Where the client is. */
const client = "127.0.8.1";

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

for (const kind of [WebServer.Nginx, WebServer.Apache, WebServer.Caddy]) {
  describe(`a client's ${kind} with the snippet, in front of a host`, function () {
    this.timeout(120_000); // the packages may have to be fetched
    /** Where the web server connects from. */
    const from = kind === WebServer.Caddy ? "127.0.0.1" : "127.0.7.1";
    const server: WebServerArgs = { kind, domains: [domain], addresses: [`${from}/32`] };
    const echoes: EchoApp[] = [];
    let host: RunningNginx;
    let front: RunningWebServer;

    const started = (authorities: string, more: Partial<WebServerArgs> = {}): Promise<RunningWebServer> => {
      const snippet = webServerSnippets({ ...server, ...more }, apps, "127.0.0.1")[0]!.text;
      const ports = { https: host.httpsPort, http: host.httpPort };
      return RunningWebServer.start({ kind, domain, from, snippet, ports, authorities });
    };

    before(async () => {
      host = await RunningNginx.start(apps, { front: [webServerHop(server)] });
      for (const { name } of apps) {
        const echo = new EchoApp(name, host.socket(name));
        await echo.start();
        echoes.push(echo);
      }
      front = await started(host.certificate(domain));
    });
    after(async () => {
      await front?.stop();
      for (const echo of echoes) await echo.stop();
      await host?.stop();
    });

    function ask(
      path: string,
      { headers = {}, method = "GET", body = "" }: { headers?: object; method?: string; body?: string } = {},
      port = front.port,
    ): Promise<Answer> {
      return new Promise((resolve, reject) => {
        const all = { Host: domain, ...headers };
        const sent = request({
          host: "127.0.0.1",
          port,
          localAddress: client,
          path,
          method,
          headers: all,
          agent: false,
        });
        sent.once("error", reject);
        sent.once("response", (response) => {
          let text = "";
          response.setEncoding("utf8");
          response.on("data", (part: string) => (text += part));
          response.on("end", () =>
            resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }),
          );
        });
        sent.end(body);
      });
    }
    async function seen(path: string, headers: object = {}): Promise<Seen> {
      const { status, body } = await ask(path, { headers });
      assert.equal(status, 200, body);
      return JSON.parse(body) as Seen;
    }

    const told = (): Record<string, string> => ({
      "x-real-ip": client,
      "x-forwarded-for": client,
      "x-forwarded-proto": "https",
      "x-forwarded-host": `${domain}:${host.httpsPort}`,
    });
    const heard = ({ headers }: Seen): object =>
      Object.fromEntries(Object.keys(told()).map((name) => [name, headers[name]]));

    it("tells the app who the client is", async () => assert.deepEqual(heard(await seen("/kept/a")), told()));

    it("does not hand on what a client says about itself, not even when it names the web server", async () => {
      const said = { ...lies, "X-Forwarded-For": `6.6.6.6, ${from}` };
      const app = await seen("/kept/a", said);
      assert.deepEqual(heard(app), told());
      assert.equal(app.headers["forwarded"], undefined);
    });

    it("hands a path on as it was written", async () =>
      assert.equal((await seen("/kept/a%20b//c%7E?d=%2F&e")).url, "/kept/a%20b//c%7E?d=%2F&e"));

    it("leaves it to the host to strip a prefix", async () => {
      const app = await seen("/board/a%20b?c");
      assert.deepEqual([app.app, app.url], ["board", "/a%20b?c"]);
      assert.equal(app.headers["x-forwarded-prefix"], "/board");
    });

    it("gives redirects and cookies back below the prefix", async () => {
      const answer = { Location: "/login", "Set-Cookie": "a=b; Path=/" };
      const { status, headers } = await ask("/board/", {
        headers: { "X-Status": "302", "X-Answer": JSON.stringify(answer) },
      });
      assert.equal(status, 302);
      assert.equal(headers.location, "/board/login");
      assert.deepEqual(headers["set-cookie"], ["a=b; Path=/board/"]);
    });

    it("lets the host add the slash to a bare prefix", async () => {
      const { status, headers } = await ask("/kept?a=b");
      assert.deepEqual([status, headers.location], [308, "/kept/?a=b"]);
    });

    it("keeps its own pages, and what only begins like a prefix", async () => {
      assert.equal((await ask("/index.html")).body, "the client's own page");
      assert.equal((await ask("/keptaway/")).status, 404);
    });

    it("hands on websockets", async () => {
      const socket = new WebSocket(`ws://127.0.0.1:${front.port}/board/chat/room`, { headers: { Host: domain } });
      try {
        const hello = await new Promise<string>((resolve, reject) => {
          socket.once("message", (data) => resolve(String(data)));
          socket.once("error", reject);
        });
        assert.equal((JSON.parse(hello) as Seen).url, "/board/chat/room");
        const echoed = new Promise<string>((resolve) => socket.once("message", (data) => resolve(String(data))));
        socket.send("and back");
        assert.equal(await echoed, "and back");
      } finally {
        socket.terminate();
      }
    });

    it("takes bodies as large as the route's, and no larger", async () => {
      const body = "x".repeat(2 * 1024 * 1024);
      assert.equal((await ask("/kept/", { method: "POST", body })).status, 200);
      assert.equal((await ask("/kept/", { method: "POST", body: `${body}x` })).status, 413);
    });

    it("hands on the challenges of certificate authorities", async () => {
      host.addChallenge("token", "token.key");
      assert.equal((await ask("/.well-known/acme-challenge/token")).body, "token.key");
    });

    describe("with a host that it cannot trust", () => {
      it("answers an error", () => withStranger({}, 502));
      it("hands requests on when it has no way to get a certificate there", () =>
        withStranger({ challenges: false }, 200));

      async function withStranger(more: Partial<WebServerArgs>, status: number): Promise<void> {
        const wary = await started(selfSigned("stranger.example.com").certificate, more);
        try {
          const answer = await ask("/kept/", {}, wary.port);
          assert.ok(status === 200 ? answer.status === 200 : answer.status >= 500, `${answer.status}`);
        } finally {
          await wary.stop();
        }
      }
    });
  });
}
