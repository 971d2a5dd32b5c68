import { App, ListenVia } from "../../app/app";
import { socketPath } from "../../app/paths";
import { idleSeconds } from "../hops";
import { ownSocketPath } from "../systemd/own-socket";
import { block, Directive, directive } from "./tree";

/** Idle connections to one app that each worker keeps. */
const keptConnections = 32;

/** Requests over one kept connection before it is renewed. */
const keptRequests = 10_000;

/** How a request gets a connection to its app: one that is kept open, or one of its own. See `proxyLocation`. */
export type Connection = "kept" | "fresh";

/** Where an app is reached: the same address twice, with and without kept connections. */
export function upstreams(app: App): Directive[] {
  const server = directive("server", serverAddress(app), "fail_timeout=0");
  return [
    block(
      "upstream",
      [upstreamName(app.name, "kept")],
      [
        server,
        directive("keepalive", keptConnections),
        directive("keepalive_requests", keptRequests),
        directive("keepalive_timeout", `${idleSeconds.upstream}s`),
      ],
    ),
    block("upstream", [upstreamName(app.name, "fresh")], [server]),
  ];
}

/** A dot keeps apart what app names, which have none, cannot. */
export function upstreamName(app: string, connection: Connection): string {
  return `app-${app}.${connection}`;
}

function serverAddress(app: App): string {
  switch (app.listen?.via ?? ListenVia.Activation) {
    case ListenVia.Port:
      if (app.listen?.port === undefined)
        throw new Error(`app ${app.name}: listen.port is missing; name the loopback port it listens on`);
      return `127.0.0.1:${app.listen.port}`;
    case ListenVia.Socket:
      return `unix:${ownSocketPath(app.name)}`;
    default:
      return `unix:${socketPath(app.name)}`;
  }
}
