import assert from "node:assert/strict";
import { App } from "../../../../components/app/app";
import { ServeBy } from "../../../../components/app/route/route";
import { Answer, ask, Request } from "./client";
import { EchoApp, Seen } from "./echo-app";
import { RunningNginx } from "./running-nginx";

export const domain = "www.example.com";
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

/** A real nginx in front of apps that say what they saw. */
export interface Traffic {
  readonly nginx: RunningNginx;
  /** Asks the first domain. */
  get(path: string, request?: Request): Promise<Answer>;
  /** What an app of the first domain saw. */
  seen(path: string, request?: Request): Promise<Seen>;
}

/** The traffic of a suite: call it in the body of `describe`. It is there from the first test on. */
export function useTraffic(): Traffic {
  let nginx: RunningNginx | undefined;
  const echoes: EchoApp[] = [];

  before(async () => {
    const running = await RunningNginx.start(apps);
    nginx = running;
    for (const app of apps.filter(({ name }) => name !== "docs")) {
      const echo = new EchoApp(app.name, running.socket(app.name));
      await echo.start();
      echoes.push(echo);
    }
    running.addFile("docs", "secret.txt", "outside");
    running.addFile("docs", "public/index.html", "<h1>docs</h1>");
    running.addFile("docs", "public/guide/index.html", "<h1>guide</h1>");
    running.addFile("docs", "public/style.css", "body {}");
    running.addFile("docs", "public/logo.svg", "<svg/>");
    running.addFile("docs", "public/.env", "hidden");
    running.addFile("docs", "public/.git/config", "hidden");
    running.addFile("docs", "public/.well-known/security.txt", "Contact: mailto:security@example.com");
    running.addFile("docs", "public/404.html", "<h1>not here</h1>");
  });

  after(async () => {
    for (const echo of echoes) await echo.stop();
    await nginx?.stop();
  });

  return {
    get nginx() {
      assert.ok(nginx, "nginx is not started yet");
      return nginx;
    },
    get(path, request) {
      return ask(this.nginx, domain, path, request);
    },
    async seen(path, request) {
      const answer = await this.get(path, request);
      assert.equal(answer.status, 200, answer.body);
      return JSON.parse(answer.body) as Seen;
    },
  };
}
