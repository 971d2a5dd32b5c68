import assert from "node:assert/strict";
import { ask } from "./client";
import { Seen } from "./echo-app";
import { lies } from "./lies";
import { securityHeadersBehaviour } from "../headers-behaviour";
import { domain, useTraffic } from "./traffic";

describe("headers through a real nginx", function () {
  this.timeout(30_000);
  const traffic = useTraffic();
  const seen: typeof traffic.seen = (path, request) => traffic.seen(path, request);

  describe("forwarded headers", () => {
    const upgrade = { Upgrade: "h2c", "HTTP2-Settings": "AAMAAABkAARAAAAAAAIAAAAA" };

    for (const [path, prefix] of [
      ["/kept/x", undefined],
      ["/board/x", "/board"],
    ] as const) {
      it(`of ${path} are ours, and none of the client's`, async () => {
        const { headers } = await seen(`${path}?q=1`, { headers: { ...lies, ...upgrade } });
        const host = `${domain}:${traffic.server.httpsPort}`;
        const { "x-request-id": id, ...rest } = headers;
        assert.match(id!, /^[0-9a-f]{32}$/);
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
          "http2-settings": upgrade["HTTP2-Settings"],
        });
      });
    }

    it("of a websocket route are as strict", async () => {
      const answer = await ask(traffic.server, "chat.localhost", "/", { headers: { ...lies, ...upgrade } });
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

  securityHeadersBehaviour(traffic, "nginx");
});
