import assert from "node:assert/strict";
import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { WebSocket } from "ws";
import type { App } from "../../../../components/app/app";
import type { Web } from "../../../../components/app/web";
import { EchoApp } from "./echo-app";
import { RunningNginx } from "./running-nginx";

const domain = "chat.example.com";
const app: App = { name: "chat", source: {}, process: { command: ["chat"] }, routes: [{ domain, websocket: true }] };

/** Opens a websocket, reloads nginx, and tells whether it is open two seconds later. */
async function survives(web: Web): Promise<boolean> {
  const nginx = await RunningNginx.start([app], {}, {}, 1, web);
  const echo = new EchoApp(app.name, nginx.socket(app.name));
  await echo.start();
  const tls = { servername: domain, ca: nginx.certificate(domain), headers: { Host: domain } };
  const socket = new WebSocket(`wss://127.0.0.1:${nginx.httpsPort}/`, tls);
  try {
    await once(socket, "message");
    await nginx.reload();
    await pause(2000);
    return socket.readyState === WebSocket.OPEN;
  } finally {
    socket.terminate();
    await echo.stop();
    await nginx.stop();
  }
}

describe("a websocket through a real nginx that is reloaded", function () {
  this.timeout(30_000);

  it("stays", async () => assert.equal(await survives({}), true));

  it("is cut after as long as is asked for", async () => assert.equal(await survives({ drainSeconds: 1 }), false));
});
