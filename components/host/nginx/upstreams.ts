import { App, ListenVia } from "../../app/app";
import { socketPath } from "../../app/paths";
import { idleSeconds } from "../hops";
import { ownSocketPath } from "../systemd/own-socket";
import { expression, Expression } from "./expression";
import { map } from "./map";
import { because, block, Directive, directive } from "./tree";

/** Idle connections to one app that each worker keeps. */
const keptConnections = 32;

/** Requests over one kept connection before it is renewed. */
const keptRequests = 10_000;

/**
 * How requests reach an app. Reusing a connection saves a good part of the work, but an app that restarts may close it
 * just when a request is written to it. nginx repeats a GET on a new connection then; it must not repeat a POST, which
 * may have had its effect. So only methods that may be repeated use kept connections; the others open one, which waits in
 * the socket's queue while the app restarts: nothing fails.
 */
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

/** The variable that picks one of an app's two upstreams. */
export function connectionMap(): Directive {
  const repeatable = ["GET", "HEAD", "OPTIONS"] as const;
  return because(
    "a POST must not meet a connection that a restarting app is closing: nginx could not repeat it",
    map(
      expression`$request_method`,
      "app_connection",
      repeatable.map((method) => [method, "kept"]),
      "fresh",
    ),
  );
}

/** Address of an app for `proxy_pass`. */
export function upstreamUrl(app: string): Expression {
  return expression`http://app-${app}.$app_connection`;
}

/** A dot keeps apart what app names, which have none, cannot. */
function upstreamName(app: string, connection: "kept" | "fresh"): string {
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
