import assert from "node:assert/strict";
import { chmodSync } from "node:fs";
import { createServer, Server } from "node:https";
import type { TLSSocket } from "node:tls";
import { App } from "../../../../components/app/app";
import { selfSigned } from "../../../loopback/self-signed";
import { ask } from "../nginx/client";
import { RunningHaproxy } from "./running-haproxy";

const domain = "in.example.com";
const app: App = {
  name: "inside",
  source: {},
  process: { command: ["app"] },
  tls: { domain },
  routes: [{ domain }],
};

describe("an app that ends TLS itself, behind a real HAProxy", function () {
  this.timeout(30_000);
  let proxy: RunningHaproxy;
  let inside: Server;
  let seen: (string | false | null | undefined)[] = [];
  before(async () => {
    proxy = await RunningHaproxy.start([app]);
    const { key, certificate } = selfSigned("old.example.com");
    inside = createServer({ key, cert: certificate }, (request, response) => {
      const socket = request.socket as TLSSocket & { servername?: string | false };
      seen = [socket.servername, socket.getProtocol()];
      response.end("by TLS");
    });
    await new Promise<void>((resolve) => inside.listen(proxy.socket("inside"), resolve));
    chmodSync(proxy.socket("inside"), 0o666);
  });
  after(async () => {
    inside.closeAllConnections();
    inside.close();
    await proxy.stop();
  });

  it("is asked by TLS and its own name, whichever certificate it has just then", async () => {
    const { status, body } = await ask(proxy, domain, "/");
    assert.deepEqual([status, body], [200, "by TLS"]);
    assert.deepEqual(seen, [domain, "TLSv1.3"]);
  });
});
