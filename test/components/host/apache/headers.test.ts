import assert from "node:assert/strict";
import { ask } from "../nginx/client";
import type { Seen } from "../nginx/echo-app";
import { lies } from "../nginx/lies";
import { securityHeadersBehaviour } from "../headers-behaviour";
import { domain, useTraffic } from "./traffic";

describe("headers through a real httpd", function () {
  this.timeout(30_000);
  const traffic = useTraffic();
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
        const host = `${domain}:${traffic.server.httpsPort}`;
        const { "x-request-id": id, "http2-settings": _, connection, ...rest } = headers;
        assert.match(id!, /^[\w@-]{20,}$/);
        assert.notEqual(connection?.toLowerCase(), "upgrade");
        assert.deepEqual(rest, {
          host,
          "x-real-ip": "127.0.0.1",
          "x-forwarded-for": "127.0.0.1",
          "x-forwarded-proto": "https",
          "x-forwarded-host": host,
          "x-forwarded-port": String(traffic.server.httpsPort),
          ...(prefix === undefined ? {} : { "x-forwarded-prefix": prefix }),
          "x-scheme": "https",
          "x-request-uri": `${path}?q=1`,
        });
      });
    }

    it("of a websocket route are as strict", async () => {
      const answer = await ask(traffic.server, "chat.localhost", "/", { headers: { ...lies, ...upgrade } });
      const { headers } = JSON.parse(answer.body) as Seen;
      assert.deepEqual([headers["upgrade"], headers["x-real-ip"]], [undefined, "127.0.0.1"]);
    });

    it("keep what a prefix has", async () => {
      const { headers } = await seen("/pay$/v1(;'*1)/x");
      assert.equal(headers["x-forwarded-prefix"], "/pay$/v1(;'*1)");
    });
  });

  securityHeadersBehaviour(traffic, "Apache");
});
