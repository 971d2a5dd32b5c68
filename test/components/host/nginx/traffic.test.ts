import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { connect as connectTls } from "node:tls";
import { promisify } from "node:util";
import { WebSocket } from "ws";
import { App, ServeBy } from "../../../../components/app/app";
import { Answer, ask, Request, speak } from "./client";
import { EchoApp, Seen } from "./echo-app";
import { nginxProgram } from "./nginx-program";
import { RunningNginx } from "./running-nginx";

const domain = "www.example.com";
const process = { command: ["app"] };

const apps: readonly App[] = [
  { name: "root", source: {}, process, routes: [{ domain }] },
  { name: "kept", source: {}, process, routes: [{ domain, path: "/kept/" }] },
  { name: "board", source: {}, process, routes: [{ domain, path: "/board/", stripPrefix: true, maxBodyMiB: 1 }] },
  { name: "deep", source: {}, process, routes: [{ domain, path: "/deep/down/", stripPrefix: true }] },
  { name: "odd", source: {}, process, routes: [{ domain, path: "/pay$/v1(;'%)/", stripPrefix: true }] },
  { name: "chat", source: {}, process, routes: [{ domain: "chat.localhost", websocket: true }] },
  { name: "slow", source: {}, process, routes: [{ domain, path: "/slow/", readTimeoutSeconds: 1 }] },
  {
    name: "docs",
    source: {},
    routes: [
      { domain, path: "/docs/", serve: ServeBy.Files, directory: "public", stripPrefix: true },
      { domain: "docs.example.com", serve: ServeBy.Files, directory: "public" },
    ],
  },
];

describe("traffic through a real nginx", function () {
  this.timeout(30_000);
  let nginx: RunningNginx;
  const echoes: EchoApp[] = [];

  before(async () => {
    nginx = await RunningNginx.start(apps);
    for (const app of apps.filter(({ name }) => name !== "docs")) {
      const echo = new EchoApp(app.name, nginx.socket(app.name));
      await echo.start();
      echoes.push(echo);
    }
    nginx.addFile("docs", "secret.txt", "outside");
    nginx.addFile("docs", "public/index.html", "<h1>docs</h1>");
    nginx.addFile("docs", "public/guide/index.html", "<h1>guide</h1>");
    nginx.addFile("docs", "public/style.css", "body {}");
    nginx.addFile("docs", "public/logo.svg", "<svg/>");
    nginx.addFile("docs", "public/.env", "hidden");
    nginx.addFile("docs", "public/.git/config", "hidden");
    nginx.addFile("docs", "public/.well-known/security.txt", "Contact: mailto:security@example.com");
    nginx.addFile("docs", "public/404.html", "<h1>not here</h1>");
  });

  after(async () => {
    for (const echo of echoes) await echo.stop();
    await nginx?.stop();
  });

  const get = (path: string, request?: Request): Promise<Answer> => ask(nginx, domain, path, request);
  const seen = async (path: string, request?: Request): Promise<Seen> => {
    const answer = await get(path, request);
    assert.equal(answer.status, 200, answer.body);
    return JSON.parse(answer.body) as Seen;
  };

  describe("plain HTTP", () => {
    it("is redirected to TLS on the public port, with its method kept", async () => {
      const answer = await get("/a%20b?c=d", { plain: true, method: "POST", body: "x" });
      assert.equal(answer.status, 308);
      assert.deepEqual(answer.headers["location"], [`https://${domain}:${nginx.httpsPort}/a%20b?c=d`]);
    });

    it("goes to the name that we know, whatever name the client says behind it", async () => {
      const answer = await get("/", { plain: true, headers: { Host: `${domain}:1` } });
      assert.deepEqual(answer.headers["location"], [`https://${domain}:${nginx.httpsPort}/`]);
    });

    it("answers the challenges of certificate authorities", async () => {
      nginx.addChallenge("token", "token.key");
      const answer = await get("/.well-known/acme-challenge/token", { plain: true });
      assert.deepEqual(
        [answer.status, answer.body, answer.headers["content-type"]],
        [200, "token.key", ["text/plain"]],
      );
    });

    it("on the port for TLS is redirected as well", async () => {
      const { stdout } = await promisify(execFile)("curl", [
        ...["-s", "-o", "/dev/null", "-w", "%{http_code} %{redirect_url}", "-H", `Host: ${domain}`],
        `http://127.0.0.1:${nginx.httpsPort}/x?y`,
      ]);
      assert.equal(stdout, `308 https://${domain}:${nginx.httpsPort}/x?y`);
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
        const socket = connectTls({ host: "127.0.0.1", port: nginx.httpsPort, servername: "stranger.example" }, () =>
          resolve("let in"),
        );
        socket.once("error", reject);
      });
      await assert.rejects(refused, /unrecognized name|alert/);
    });

    it("that name us in TLS and another in HTTP are sent away", async () => {
      const said = await speak(nginx, domain, "GET / HTTP/1.1\r\nHost: stranger.example\r\nConnection: close\r\n\r\n");
      assert.match(said, /^HTTP\/1.1 421 /);
    });
  });

  describe("forwarded headers", () => {
    const lies = {
      "X-Real-IP": "6.6.6.6",
      "X-Forwarded-For": "6.6.6.6",
      "X-Forwarded-Proto": "http",
      "X-Forwarded-Host": "evil.example",
      "X-Forwarded-Port": "6666",
      "X-Forwarded-Prefix": "/evil",
      "X-Scheme": "http",
      "X-Request-URI": "/evil",
      "X-Request-ID": "evil",
      "X-Forwarded-Protocol": "http",
      "X-Forwarded-Ssl": "off",
      "X-Forwarded-Server": "evil.example",
      "X-Original-URL": "/evil",
      "X-Rewrite-URL": "/evil",
      "X-Script-Name": "/evil",
      SCRIPT_NAME: "/evil",
      Forwarded: "for=6.6.6.6",
      Proxy: "http://evil.example",
      "True-Client-IP": "6.6.6.6",
      Upgrade: "h2c",
      "HTTP2-Settings": "AAMAAABkAARAAAAAAAIAAAAA",
    };

    for (const [path, prefix] of [
      ["/kept/x", undefined],
      ["/board/x", "/board"],
    ] as const) {
      it(`of ${path} are ours, and none of the client's`, async () => {
        const { headers } = await seen(`${path}?q=1`, { headers: lies });
        const host = `${domain}:${nginx.httpsPort}`;
        const { "x-request-id": id, ...rest } = headers;
        assert.match(id!, /^[0-9a-f]{32}$/);
        assert.deepEqual(rest, {
          host,
          "x-real-ip": "127.0.0.1",
          "x-forwarded-for": "127.0.0.1",
          "x-forwarded-proto": "https",
          "x-forwarded-host": host,
          "x-forwarded-port": String(nginx.httpsPort),
          ...(prefix === undefined ? {} : { "x-forwarded-prefix": prefix }),
          "x-scheme": "https",
          "x-request-uri": `${path}?q=1`,
          "http2-settings": lies["HTTP2-Settings"],
        });
      });
    }

    it("of a websocket route are as strict", async () => {
      const answer = await ask(nginx, "chat.localhost", "/", { headers: lies });
      const { headers } = JSON.parse(answer.body) as Seen;
      assert.deepEqual(
        [headers["upgrade"], headers["connection"], headers["x-real-ip"]],
        [undefined, undefined, "127.0.0.1"],
      );
    });

    it("keep dollar signs and quotes of a prefix", async () => {
      const { headers } = await seen("/pay$/v1(;'%25)/x");
      assert.equal(headers["x-forwarded-prefix"], "/pay$/v1(;'%)");
    });
  });

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
        nginx,
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
      assert.equal((await ask(nginx, "docs.example.com", "/none")).status, 404);
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
        const here = (text: string): string => text.replace("HOST", `${domain}:${nginx.httpsPort}`);
        assert.deepEqual(await redirected("/board/x", here(location)), [here(expected)]);
      });
    }

    it("to plain HTTP on our own name is put right", async () => {
      assert.deepEqual(await redirected("/kept/x", `http://${domain}:${nginx.httpsPort}/kept/y`), [
        `https://${domain}:${nginx.httpsPort}/kept/y`,
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

  describe("security headers", () => {
    const expected = {
      "x-content-type-options": ["nosniff"],
      "x-frame-options": ["SAMEORIGIN"],
      "referrer-policy": ["strict-origin-when-cross-origin"],
      "permissions-policy": ["browsing-topics=(), camera=(), geolocation=(), microphone=(), payment=(), usb=()"],
      "strict-transport-security": ["max-age=63072000"],
      server: ["nginx"],
    };
    const pick = (answer: Answer): Record<string, string[] | undefined> =>
      Object.fromEntries(Object.keys(expected).map((name) => [name, answer.headers[name]]));

    for (const [what, path] of [
      ["an app", "/kept/"],
      ["an app without its prefix", "/board/"],
      ["a file", "/docs/"],
      ["a page that is not there", "/docs/none"],
      ["a hidden file", "/docs/.env"],
      ["a redirect", "/board"],
      ["a refused path", "/board/../x"],
    ] as const) {
      it(`are on the answer of ${what}, each once`, async () => assert.deepEqual(pick(await get(path)), expected));
    }

    it("are the app's own where it has them, each once", async () => {
      const own = {
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "no-referrer",
        "Permissions-Policy": "camera=(self)",
        "X-Content-Type-Options": "nosniff",
        "Strict-Transport-Security": "max-age=0",
        Server: "app/1.2",
        "X-Powered-By": "app",
      };
      const answer = await get("/kept/", { headers: { "X-Answer": JSON.stringify(own), "X-Status": "500" } });
      assert.deepEqual(pick(answer), {
        ...expected,
        "x-frame-options": ["DENY"],
        "referrer-policy": ["no-referrer"],
        "permissions-policy": ["camera=(self)"],
      });
      assert.equal(answer.headers["x-powered-by"], undefined);
    });

    it("do not force TLS on names under localhost", async () => {
      const answer = await ask(nginx, "chat.localhost", "/");
      assert.deepEqual(pick(answer), { ...expected, "strict-transport-security": undefined });
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
        const answer = await ask(nginx, name, path);
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
      const tls = { servername: name, ca: nginx.certificate(name) };
      return new WebSocket(`wss://127.0.0.1:${nginx.httpsPort}${path}`, { ...tls, headers: { Host: name } });
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
      await nginx.reload();
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
    const line = (await nginx.accessLog()).find((entry) => entry["id"] === headers["x-request-id"]);
    assert.deepEqual([line?.["uri"], line?.["status"], line?.["agent"]], ['/kept/log?"quoted"', "200", 'a"b\\c']);
  });

  it("nginx speaks HTTP/2 and TLS 1.3, and nothing before TLS 1.2", async () => {
    const options = { host: "127.0.0.1", port: nginx.httpsPort, servername: domain, ca: nginx.certificate(domain) };
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
    const { stderr } = await promisify(execFile)(program, ["-t", "-c", `${nginx.configuration}/nginx.conf`]);
    assert.doesNotMatch(stderr, /warn|emerg|alert/);
  });
});
