import assert from "node:assert/strict";
import { type Answer, ask } from "../nginx/client";
import type { Seen } from "../nginx/echo-app";
import { lies } from "../nginx/lies";
import { domain, useTraffic } from "./traffic";

describe("headers through a real httpd", function () {
  this.timeout(30_000);
  const traffic = useTraffic();
  const get: typeof traffic.get = (path, request) => traffic.get(path, request);
  const seen: typeof traffic.seen = (path, request) => traffic.seen(path, request);

  describe("forwarded headers", () => {
    const upgrade = { Upgrade: "h2c", "HTTP2-Settings": "AAMAAABkAARAAAAAAAIAAAAA" };
    const underscored = {
      X_FORWARDED_FOR: "6.6.6.6",
      "X-Forwarded_For": "6.6.6.6",
      X_Real_IP: "6.6.6.6",
      "X_Forwarded-Proto": "http",
      X_Request_URI: "/evil",
      True_Client_IP: "6.6.6.6",
    };

    for (const [path, prefix] of [
      ["/kept/x", undefined],
      ["/board/x", "/board"],
      ["/board/kept/x", undefined],
    ] as const) {
      it(`of ${path} are ours, and none of the client's`, async () => {
        const { headers } = await seen(`${path}?q=1`, { headers: { ...lies, ...underscored, ...upgrade } });
        const host = `${domain}:${traffic.apache.httpsPort}`;
        const { "x-request-id": id, "http2-settings": _, connection, ...rest } = headers;
        assert.match(id!, /^[\w@-]{20,}$/);
        assert.notEqual(connection?.toLowerCase(), "upgrade");
        assert.deepEqual(rest, {
          host,
          "x-real-ip": "127.0.0.1",
          "x-forwarded-for": "127.0.0.1",
          "x-forwarded-proto": "https",
          "x-forwarded-host": host,
          "x-forwarded-port": String(traffic.apache.httpsPort),
          ...(prefix === undefined ? {} : { "x-forwarded-prefix": prefix }),
          "x-scheme": "https",
          "x-request-uri": `${path}?q=1`,
        });
      });
    }

    it("of a websocket route are as strict", async () => {
      const answer = await ask(traffic.apache, "chat.localhost", "/", { headers: { ...lies, ...upgrade } });
      const { headers } = JSON.parse(answer.body) as Seen;
      assert.deepEqual([headers["upgrade"], headers["x-real-ip"]], [undefined, "127.0.0.1"]);
    });

    it("keep what a prefix has", async () => {
      const { headers } = await seen("/pay$/v1(;'*1)/x");
      assert.equal(headers["x-forwarded-prefix"], "/pay$/v1(;'*1)");
    });
  });

  describe("security headers", () => {
    const expected = {
      "x-content-type-options": ["nosniff"],
      "x-frame-options": ["SAMEORIGIN"],
      "referrer-policy": ["strict-origin-when-cross-origin"],
      "permissions-policy": ["browsing-topics=(), camera=(), geolocation=(), microphone=(), payment=(), usb=()"],
      "strict-transport-security": ["max-age=63072000"],
      server: ["Apache"],
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
      const answer = await ask(traffic.apache, "chat.localhost", "/");
      assert.deepEqual(pick(answer), { ...expected, "strict-transport-security": undefined });
    });
  });
});
