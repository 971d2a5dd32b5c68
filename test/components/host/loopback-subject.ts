import type { App } from "../../../components/app/app";
import { ListenVia } from "../../../components/app/listen";
import type { Subject } from "../../behaviour/subject";
import { selfSigned } from "../../loopback/self-signed";
import { ask, LoopbackServer } from "./nginx/client";
import { EchoApp } from "./nginx/echo-app";

/** The address of a client that is not the host itself. */
const elsewhere = "127.0.0.3";

/** A web server on the loopback address, whichever it is, that runs for some tests. */
export interface StartedServer extends LoopbackServer {
  /** Where an app's own socket is. */
  socket(app: string): string;
  /** Where the socket is that an app makes by itself. */
  ownSocket(app: string): string;
  stop(): Promise<void>;
}

/** A site by a real web server on the loopback address, in front of apps that say what they saw. */
export interface LoopbackSubject<Server extends StartedServer> extends Subject {
  readonly server: Server;
  readonly apps: ReadonlyMap<string, EchoApp>;
}

/** Runs it for a suite: call it in the body of `describe`. */
export function useLoopbackServer<Server extends StartedServer>(
  apps: readonly App[],
  start: () => Promise<Server>,
): LoopbackSubject<Server> {
  let running: Server | undefined;
  const echoes = new Map<string, EchoApp>();
  before(async () => {
    running = await start();
    for (const { name, process, listen, tls } of apps) {
      if (!process) continue;
      const own = listen?.via === ListenVia.Socket;
      const socket = own ? running.ownSocket(name) : running.socket(name);
      const echo = new EchoApp(name, socket, tls && selfSigned("another.example.com"));
      await echo.start();
      echoes.set(name, echo);
    }
  });
  after(async () => {
    for (const echo of echoes.values()) await echo.stop();
    await running?.stop();
  });
  return {
    get server() {
      if (!running) throw new Error("the web server is not started yet");
      return running;
    },
    apps: echoes,
    get httpPort() {
      return this.server.httpPort;
    },
    get httpsPort() {
      return this.server.httpsPort;
    },
    origin(domain) {
      return `https://${domain}:${this.httpsPort}`;
    },
    request(url, request) {
      const { protocol, hostname, host } = new URL(url);
      const path = url.slice(url.indexOf(host) + host.length) || "/";
      return ask(this.server, hostname, path, { from: elsewhere, plain: protocol === "http:", ...request });
    },
  };
}
