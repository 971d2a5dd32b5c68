import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { App } from "../../../../components/app/app";
import { ServeBy } from "../../../../components/app/route/route";
import { corsApps, corsBehaviour } from "../../../behaviour/cors";
import { hardeningApps, hardeningBehaviour } from "../../../behaviour/hardening";
import type { Subject } from "../../../behaviour/subject";
import { EchoApp } from "./echo-app";
import { RunningNginx } from "./running-nginx";
import { ask } from "./client";

/** Another address of this computer: what comes from the usual one is the host's own, and is not counted by limits. */
const client = "127.0.0.9";

/** Some apps behind a real nginx: call it in the body of `describe`. */
function useSubject(apps: readonly App[]): Subject {
  let nginx: RunningNginx | undefined;
  const echoes: EchoApp[] = [];
  const running = (): RunningNginx => {
    assert.ok(nginx, "nginx is not started yet");
    return nginx;
  };
  before(async () => {
    nginx = await RunningNginx.start(apps);
    for (const app of apps) {
      if (app.routes?.[0]?.serve === ServeBy.Files) addFiles(nginx, app.name, app.source.directory ?? "");
      else {
        const echo = new EchoApp(app.name, nginx.socket(app.name));
        await echo.start();
        echoes.push(echo);
      }
    }
  });
  after(async () => {
    for (const echo of echoes) await echo.stop();
    await nginx?.stop();
  });
  return {
    get httpPort() {
      return running().httpPort;
    },
    get httpsPort() {
      return running().httpsPort;
    },
    origin: (domain) => `https://${domain}:${running().httpsPort}`,
    request(url, { method, headers, body } = {}) {
      const { protocol, hostname, host } = new URL(url);
      return ask(running(), hostname, url.slice(url.indexOf(host) + host.length) || "/", {
        method,
        headers: headers as Record<string, string>,
        body: body?.toString(),
        plain: protocol === "http:",
        from: client,
      });
    },
  };
}

function addFiles(nginx: RunningNginx, app: string, folder: string, below = ""): void {
  for (const name of readdirSync(join(folder, below))) {
    const path = join(below, name);
    if (statSync(join(folder, path)).isDirectory()) addFiles(nginx, app, folder, path);
    else nginx.addFile(app, path, readFileSync(join(folder, path), "utf8"));
  }
}

describe("hardening by a real nginx", function () {
  this.timeout(30_000);
  hardeningBehaviour(useSubject(hardeningApps));
});

describe("what pages of other origins may read, by a real nginx", function () {
  this.timeout(30_000);
  corsBehaviour(useSubject(corsApps));
});
