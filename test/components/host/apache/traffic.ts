import assert from "node:assert/strict";
import { type App } from "../../../../components/app/app";
import { ListenVia } from "../../../../components/app/listen";
import { ServeBy } from "../../../../components/app/route/route";
import { type Answer, ask, type Request } from "../nginx/client";
import { EchoApp, type Seen } from "../nginx/echo-app";
import { RunningApache } from "./running-apache";

export const domain = "www.example.com";
const process = { command: ["app"] };

const apps: readonly App[] = [
  { name: "root", source: {}, process, routes: [{ domain }] },
  { name: "kept", source: {}, process, routes: [{ domain, path: "/kept/" }] },
  { name: "board", source: {}, process, routes: [{ domain, path: "/board/", stripPrefix: true, maxBodyMiB: 1 }] },
  {
    name: "deep",
    source: {},
    process,
    listen: { via: ListenVia.Socket },
    routes: [
      { domain, path: "/deep/down/", stripPrefix: true },
      { domain, path: "/board/deep/", stripPrefix: true },
      { domain, path: "/board/kept/" },
    ],
  },
  { name: "odd", source: {}, process, routes: [{ domain, path: "/pay$/v1(;'*1)/", stripPrefix: true }] },
  { name: "chat", source: {}, process, routes: [{ domain: "chat.localhost", websocket: true }] },
  { name: "slow", source: {}, process, routes: [{ domain, path: "/slow/", readTimeoutSeconds: 1 }] },
  {
    name: "docs",
    source: {},
    routes: [
      { domain, path: "/docs/", serve: ServeBy.Files, directory: "public", stripPrefix: true },
      { domain, path: "/media/", serve: ServeBy.Files },
      { domain: "docs.example.com", serve: ServeBy.Files, directory: "public" },
    ],
  },
  { name: "beside", source: {}, process, routes: [{ domain: "docs.example.com", path: "/api/" }] },
  { name: "alone", source: {}, process, routes: [{ domain: "alone.example.com", path: "/only/" }] },
];

/** A real httpd in front of apps that say what they saw. */
export interface Traffic {
  readonly apache: RunningApache;
  /** Asks the first domain. */
  get(path: string, request?: Request): Promise<Answer>;
  /** What an app of the first domain saw. */
  seen(path: string, request?: Request): Promise<Seen>;
  /** Stops an app, and starts it again. */
  stop(app: string): Promise<void>;
  start(app: string): Promise<void>;
}

/** The traffic of a suite: call it in the body of `describe`. It is there from the first test on. */
export function useTraffic(): Traffic {
  let apache: RunningApache | undefined;
  const echoes = new Map<string, EchoApp>();

  before(async () => {
    const running = await RunningApache.start(apps);
    apache = running;
    for (const app of apps.filter(({ name }) => name !== "docs")) {
      const own = app.listen?.via === ListenVia.Socket;
      const echo = new EchoApp(app.name, own ? running.ownSocket(app.name) : running.socket(app.name));
      await echo.start();
      echoes.set(app.name, echo);
    }
    running.addFile("docs", "secret.txt", "outside");
    running.addFile("docs", "media/page.txt", "a page");
    running.addFile("docs", "public/index.html", `<h1>docs</h1>${"<p>again</p>".repeat(200)}`);
    running.addFile("docs", "public/guide/index.html", "<h1>guide</h1>");
    running.addFile("docs", "public/empty/.keep", "");
    running.addFile("docs", "public/style.css", "body {}");
    running.addFile("docs", "public/logo.svg", "<svg/>");
    running.addFile("docs", "public/.env", "hidden");
    running.addFile("docs", "public/.git/config", "hidden");
    running.addFile("docs", "public/.well-known/security.txt", "Contact: mailto:security@example.com");
    running.addFile("docs", "public/404.html", "<h1>not here</h1>");
  });

  after(async () => {
    for (const echo of echoes.values()) await echo.stop();
    await apache?.stop();
  });

  return {
    get apache() {
      assert.ok(apache, "httpd is not started yet");
      return apache;
    },
    get(path, request) {
      return ask(this.apache, domain, path, request);
    },
    async seen(path, request) {
      const answer = await this.get(path, request);
      assert.equal(answer.status, 200, answer.body);
      return JSON.parse(answer.body) as Seen;
    },
    stop: (app) => echoes.get(app)!.stop(),
    start: (app) => echoes.get(app)!.start(),
  };
}
