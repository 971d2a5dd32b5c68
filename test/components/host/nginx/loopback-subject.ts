import type { App } from "../../../../components/app/app";
import type { Web } from "../../../../components/app/web";
import type { Subject } from "../../../behaviour/subject";
import { ask } from "./client";
import { EchoApp } from "./echo-app";
import { RunningNginx } from "./running-nginx";

/** The address of a client that is not the host itself. */
const elsewhere = "127.0.0.3";

/** A site by a real nginx on the loopback address, in front of apps that say what they saw. */
export interface LoopbackSubject extends Subject {
  readonly nginx: RunningNginx;
  readonly apps: ReadonlyMap<string, EchoApp>;
}

/** Runs it for a suite: call it in the body of `describe`. `folders`: what the code of an app is, by the app's name. */
export function useLoopback(
  apps: readonly App[],
  web: Web = {},
  folders: Readonly<Record<string, string>> = {},
): LoopbackSubject {
  let running: RunningNginx | undefined;
  const echoes = new Map<string, EchoApp>();
  before(async () => {
    running = await RunningNginx.start(apps, {}, {}, 1, web);
    for (const [app, folder] of Object.entries(folders)) running.addFolder(app, folder);
    for (const { name, process } of apps) {
      if (!process) continue;
      const echo = new EchoApp(name, running.socket(name));
      await echo.start();
      echoes.set(name, echo);
    }
  });
  after(async () => {
    for (const echo of echoes.values()) await echo.stop();
    await running?.stop();
  });
  return {
    get nginx() {
      if (!running) throw new Error("nginx is not started yet");
      return running;
    },
    apps: echoes,
    get httpPort() {
      return this.nginx.httpPort;
    },
    get httpsPort() {
      return this.nginx.httpsPort;
    },
    origin(domain) {
      return `https://${domain}:${this.httpsPort}`;
    },
    request(url, request) {
      const { hostname, host } = new URL(url);
      const path = url.slice(url.indexOf(host) + host.length) || "/";
      return ask(this.nginx, hostname, path, { from: elsewhere, ...request });
    },
  };
}
