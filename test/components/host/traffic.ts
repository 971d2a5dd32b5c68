import assert from "node:assert/strict";
import type { App } from "../../../components/app/app";
import { ListenVia } from "../../../components/app/listen";
import { ServeBy } from "../../../components/app/route/route";
import { StartedServer, useLoopbackServer } from "./loopback-subject";
import { type Answer, ask, type Request } from "./nginx/client";
import type { Seen } from "./nginx/echo-app";

export const domain = "www.example.com";

const process = { command: ["app"] };

/**
 * The apps of `useTraffic`.
 *
 * @param oddPrefix a prefix of signs that configuration files read in other ways
 */
export const trafficApps = (oddPrefix: string): readonly App[] => [
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
  { name: "odd", source: {}, process, routes: [{ domain, path: `${oddPrefix}/`, stripPrefix: true }] },
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

/** The files of `docs`, by their paths in its release. */
const files: Readonly<Record<string, string>> = {
  "secret.txt": "outside",
  "media/page.txt": "a page",
  "public/index.html": `<h1>docs</h1>${"<p>again</p>".repeat(200)}`,
  "public/guide/index.html": "<h1>guide</h1>",
  "public/empty/.keep": "",
  "public/style.css": "body {}",
  "public/logo.svg": "<svg/>",
  "public/.env": "hidden",
  "public/.git/config": "hidden",
  "public/.well-known/security.txt": "Contact: mailto:security@example.com",
  "public/404.html": "<h1>not here</h1>",
};

/** A web server on the loopback address that answers from files as well. */
export interface FileServer extends StartedServer {
  addFile(app: string, path: string, content: string): void;
  /** Makes a file that a certificate authority asks for. */
  addChallenge(name: string, content: string): void;
  /** The lines of the access log. */
  accessLog(): Record<string, string>[] | Promise<Record<string, string>[]>;
  reload(): Promise<void>;
}

/** A real web server in front of apps that say what they saw. */
export interface Traffic<Server extends FileServer = FileServer> {
  readonly server: Server;
  /** Asks the first domain. */
  get(path: string, request?: Request): Promise<Answer>;
  /** What an app of the first domain saw. */
  seen(path: string, request?: Request): Promise<Seen>;
  /** Stops an app, and starts it again. */
  stop(app: string): Promise<void>;
  start(app: string): Promise<void>;
}

/** The traffic of a suite: call it in the body of `describe`. It is there from the first test on. */
export function useTraffic<Server extends FileServer>(
  apps: readonly App[],
  start: (apps: readonly App[]) => Promise<Server>,
): Traffic<Server> {
  const site = useLoopbackServer(apps, async () => {
    const server = await start(apps);
    for (const [path, content] of Object.entries(files)) server.addFile("docs", path, content);
    return server;
  });
  return {
    get server() {
      return site.server;
    },
    get(path, request) {
      return ask(site.server, domain, path, request);
    },
    async seen(path, request) {
      const answer = await this.get(path, request);
      assert.equal(answer.status, 200, answer.body);
      return JSON.parse(answer.body) as Seen;
    },
    stop: (app) => site.apps.get(app)!.stop(),
    start: (app) => site.apps.get(app)!.start(),
  };
}
