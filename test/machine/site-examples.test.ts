import assert from "node:assert/strict";
import { dataFolder, serviceUnit, socketUnit } from "../../components/app/paths";
import { exampleApps, mailSinkApp } from "../../examples/apps";
import { eventually } from "../eventually";
import { newStack, SiteAnswer, useSite } from "./site";

const domain = "landfall.localhost";
const liveDomain = `live.${domain}`;

describe("the example site", function () {
  this.timeout(60_000);
  const stack = newStack();
  const mail = useSite({ name: "mail", stack, apps: [mailSinkApp()], debian: 12 });
  const web = useSite({ stack, apps: exampleApps({ domain, mailHost: "mail.internal" }) });

  const journal = (): string => web.origin(domain);
  const dashboard = (): string => `${web.origin(domain)}/dashboard`;
  const live = (): string => web.origin(liveDomain);

  const allAnswer = async (): Promise<void> => {
    for (const [url, text] of [
      [`${journal()}/`, "Harbour lights"],
      [`${dashboard()}/`, "<h1>Harbour dashboard</h1>"],
      [`${live()}/`, "<h1>Live</h1>"],
    ] as const) {
      const answer = await web.request(url);
      assert.equal(answer.status, 200, `${url}: ${answer.body}`);
      assert.ok(answer.body.includes(text), `${url}: ${answer.body}`);
    }
  };

  describe("once it is up", () => {
    it("answers with each app's own pages", allAnswer);

    it("answers as well by this computer's own port", async () => {
      const answer = await web.request(`${dashboard()}/`, { forwarded: true });
      assert.deepEqual([answer.status, answer.body.includes("Harbour dashboard")], [200, true]);
    });

    it("links its pages so that a browser can follow, below the prefix and at the root", async () => {
      const entry = /href="([^"]+)">First light</.exec((await web.request(`${journal()}/`)).body)?.[1];
      assert.ok(entry, "no link to the entry");
      const page = await web.request(new URL(entry, `${journal()}/`).href);
      assert.deepEqual([page.status, page.body.includes("The site is up")], [200, true]);

      const totals = await web.request(`${dashboard()}/totals`);
      assert.deepEqual(JSON.parse(totals.body), { north: 55, south: 99 });
    });

    it("makes absolute links with the port that browsers use", async () => {
      const entry = /href="([^"]+)">First light</.exec((await web.request(`${journal()}/`)).body)?.[1] ?? "";
      const { body } = await web.request(new URL(entry, `${journal()}/`).href);
      const canonical = /rel="canonical" href="([^"]+)"/.exec(body)?.[1];
      assert.ok(canonical?.startsWith(`${journal()}/`), `${canonical} does not start with ${journal()}/`);
    });
  });

  describe("TLS", () => {
    it("is refused by a client that does not know the authority", async () => {
      for (const url of [`${journal()}/`, `${live()}/`]) {
        await assert.rejects(web.request(url, { ca: null }), (error: NodeJS.ErrnoException) =>
          /UNABLE_TO_(VERIFY_LEAF_SIGNATURE|GET_ISSUER_CERT_LOCALLY)/.test(error.code ?? ""),
        );
      }
    });

    it("is refused by a client that asked for another name", async () => {
      await assert.rejects(web.request(`${journal()}/`, { servername: `other.${domain}` }), /unrecognized name|alert/);
    });

    it("is the only way in: plain HTTP is sent to it, to the port that browsers use", async () => {
      const answer = await web.request(`http://${domain}:${web.httpPort}/dashboard/?a=b`, {
        method: "POST",
        body: "c=d",
      });
      assert.equal(answer.status, 308);
      assert.deepEqual(answer.headers.location, [`${dashboard()}/?a=b`]);
      const forwarded = await web.request(`http://${liveDomain}:${web.httpPort}/clock`, { forwarded: true });
      assert.deepEqual(forwarded.headers.location, [`${live()}/clock`]);
    });
  });

  describe("a stranger", () => {
    it("who asks plain HTTP for another host gets no answer", async () => {
      for (const host of ["stranger.example", web.machine.address, ""]) {
        await assert.rejects(
          web.request(`http://${domain}:${web.httpPort}/`, { headers: { Host: host } }),
          /socket hang up|ECONNRESET/,
          host,
        );
      }
    });

    it("who names us in TLS and another host in HTTP is sent away", async () => {
      const answer = await web.request(`${journal()}/`, { headers: { Host: "stranger.example" } });
      assert.equal(answer.status, 421);
    });
  });

  describe("a websocket", () => {
    it("echoes, and tells the time", async () => {
      const echo = await web.websocket(`${live()}/echo`);
      for (const text of ["first", "$second; \u00fc", "x".repeat(70_000)]) {
        echo.send(text);
        assert.equal(await echo.next(), text);
      }
      echo.close();
      const clock = await web.websocket(`${live()}/clock`, { forwarded: true });
      assert.match(await clock.next(), /^20\d\d-/);
      clock.close();
    });

    it("stays open while nginx reloads", async () => {
      const socket = await web.websocket(`${live()}/echo`);
      socket.send("before");
      assert.equal(await socket.next(), "before");
      await web.machine.exec("systemctl reload nginx");
      await eventually(async () => {
        const workers = await web.machine.exec("ps -eo args");
        assert.match(workers, /nginx: worker process is shutting down/);
      });
      socket.send("after");
      assert.equal(await socket.next(), "after");
      assert.equal(socket.closed, false);
      socket.close();
    });

    it("is not opened on an app that has none", async () => {
      await assert.rejects(web.websocket(`${journal()}/echo`), /Unexpected server response: 404/);
    });
  });

  describe("a message sent by the form", () => {
    it("arrives at the mail server on the other machine", async () => {
      const form = await web.request(`${dashboard()}/contact`);
      const token = /name="_xsrf" value="([^"]+)"/.exec(form.body)?.[1];
      assert.ok(token, form.body);
      const cookie = (form.headers["set-cookie"] ?? []).map((line) => line.split(";")[0]).join("; ");
      const message = `boats, "quoted" & ${process.pid}`;
      const sent = await web.request(`${dashboard()}/contact/send`, {
        method: "POST",
        headers: { "Content-Type": "application/x-www-form-urlencoded", Cookie: cookie },
        body: String(new URLSearchParams({ _xsrf: token, email: "visitor@example.com", message })),
      });
      assert.equal(sent.status, 302, sent.body);
      const target = new URL(sent.headers.location?.[0] ?? "", `${dashboard()}/contact/send`).href;
      assert.match((await web.request(target)).body, /Your message is on its way/);

      const folder = `${dataFolder("mail-sink")}/messages`;
      await eventually(async () => {
        const kept = await mail.machine.exec(`cat ${folder}/*.eml`);
        assert.match(kept, /^X-Envelope-To: owner@landfall.localhost\r?$/m);
        assert.match(kept, /^Reply-To: visitor@example.com\r?$/m);
        const bodies = kept.split(/\r?\n\r?\n/).map((part) => Buffer.from(part, "base64").toString());
        assert.ok(bodies.includes(message), kept);
      });
    });
  });

  describe("what a client says of itself", () => {
    const lies = {
      "X-Real-IP": "6.6.6.6",
      "X-Forwarded-For": "6.6.6.6, 7.7.7.7",
      "X-Forwarded-Proto": "http",
      "X-Forwarded-Host": "evil.example",
      "X-Forwarded-Port": "6666",
      "X-Forwarded-Prefix": "/evil",
      "X-Scheme": "ftp",
      "X-Request-URI": "/evil",
      "X-Request-ID": "evil",
      Forwarded: "for=6.6.6.6;proto=http;host=evil.example",
      Proxy: "http://evil.example",
      "X-Forwarded-Protocol": "http",
      "X-Forwarded-Scheme": "http",
      "X-Forwarded-Ssl": "off",
      "X-Forwarded-Server": "evil.example",
      "X-Forwarded-By": "evil.example",
      "X-Forwarded-Uri": "/evil",
      "X-Original-URL": "/evil",
      "X-Original-URI": "/evil",
      "X-Original-Host": "evil.example",
      "X-Rewrite-URL": "/evil",
      "X-Script-Name": "/evil",
      "X-Host": "evil.example",
      "X-Http-Host-Override": "evil.example",
      "X-Client-IP": "6.6.6.6",
      "X-Cluster-Client-IP": "6.6.6.6",
      "X-Originating-IP": "6.6.6.6",
      "X-Remote-IP": "6.6.6.6",
      "X-Remote-Addr": "6.6.6.6",
      "True-Client-IP": "6.6.6.6",
      "CF-Connecting-IP": "6.6.6.6",
      "Client-IP": "6.6.6.6",
      "Front-End-Https": "off",
      "X-Url-Scheme": "http",
      SCRIPT_NAME: "/evil",
      Upgrade: "h2c",
    };

    interface Seen {
      client: string;
      scheme: string;
      headers: [string, string][];
    }
    const told = (seen: Seen): Record<string, string> => {
      const headers = Object.fromEntries(seen.headers.map(([name, value]) => [name.toLowerCase(), value]));
      assert.equal(seen.headers.length, Object.keys(headers).length, `a header came twice: ${JSON.stringify(seen)}`);
      const { "x-request-id": id, ...rest } = headers;
      assert.match(id ?? "", /^[0-9a-f]{32}$/);
      return rest;
    };

    it("is not believed by an app at a root", async () => {
      const { body } = await web.request(`${live()}/whoami?a=b`, { headers: lies });
      const seen = JSON.parse(body) as Seen & { path: string; query: string };
      const client = web.machine.gateway;
      assert.deepEqual([seen.client, seen.scheme, seen.path, seen.query], [client, "https", "/whoami", "a=b"]);
      assert.deepEqual(told(seen), {
        host: `${liveDomain}:${web.httpsPort}`,
        "x-real-ip": client,
        "x-forwarded-for": client,
        "x-forwarded-proto": "https",
        "x-forwarded-host": `${liveDomain}:${web.httpsPort}`,
        "x-forwarded-port": String(web.httpsPort),
        "x-scheme": "https",
        "x-request-uri": "/whoami?a=b",
      });
    });

    it("is not believed by an app below a prefix", async () => {
      const { body } = await web.request(`${dashboard()}/seen?a=b`, { headers: lies });
      const seen = JSON.parse(body) as Seen & { path: string; host: string };
      const client = web.machine.gateway;
      const host = `${domain}:${web.httpsPort}`;
      assert.deepEqual([seen.client, seen.scheme, seen.host, seen.path], [client, "https", host, "/seen"]);
      assert.deepEqual(told(seen), {
        host,
        "x-real-ip": client,
        "x-forwarded-for": client,
        "x-forwarded-proto": "https",
        "x-forwarded-host": host,
        "x-forwarded-port": String(web.httpsPort),
        "x-forwarded-prefix": "/dashboard",
        "x-scheme": "https",
        "x-request-uri": "/dashboard/seen?a=b",
      });
    });
  });

  describe("every answer", () => {
    const expected = {
      "x-content-type-options": ["nosniff"],
      "x-frame-options": ["SAMEORIGIN"],
      "referrer-policy": ["strict-origin-when-cross-origin"],
      "permissions-policy": ["browsing-topics=(), camera=(), geolocation=(), microphone=(), payment=(), usb=()"],
      server: ["nginx"],
      "x-powered-by": undefined,
    };
    const check = (answer: SiteAnswer, status: number): void => {
      assert.equal(answer.status, status, answer.body);
      assert.deepEqual(Object.fromEntries(Object.keys(expected).map((name) => [name, answer.headers[name]])), expected);
    };

    it("has the security headers once each, and hides what runs", async () => {
      check(await web.request(`${journal()}/`), 200);
      check(await web.request(`${dashboard()}/`), 200);
      check(await web.request(`${live()}/`), 200);
      check(await web.request(`${journal()}/none`), 404);
      check(await web.request(`${dashboard()}/none`), 404);
      check(await web.request(`${live()}/none`), 404);
      check(await web.request(`${journal()}/dashboard`), 308);
      check(await web.request(`${journal()}/a/../b`), 400);
    });

    it("has them also when an app is down", async () => {
      await web.machine.exec(["systemctl", "stop", socketUnit("live"), serviceUnit("live")]);
      try {
        check(await web.request(`${live()}/`), 502);
      } finally {
        await web.machine.exec(["systemctl", "start", socketUnit("live"), serviceUnit("live")]);
      }
      await eventually(allAnswer);
    });

    it("to a body over the limit is 413", async () => {
      const answer = await web.request(`${live()}/echo`, {
        method: "POST",
        headers: { "Content-Length": String(10 * 1024 * 1024 + 1), Expect: "100-continue" },
      });
      check(answer, 413);
      const under = await web.request(`${live()}/echo`, { method: "POST", body: Buffer.alloc(1024 * 1024, "a") });
      assert.deepEqual([under.status, under.body.length], [200, 1024 * 1024]);
    });
  });
});
