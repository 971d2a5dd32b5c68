import { App } from "../../app/app";
import { BalanceMethod } from "../../app/balance";
import { HopChain, idleSeconds } from "../hops";
import { Place, places, Sharing, sharing } from "../places";
import { clientAddress } from "./client-address";
import { verbatim } from "./expression";
import { block, Directive, directive } from "./tree";

/** Idle connections to one app that each worker keeps. */
const keptConnections = 32;

/** Requests over one kept connection before it is renewed. */
const keptRequests = 10_000;

/** How a request gets a connection to its app: one that is kept open, or one of its own. See `proxyLocation`. */
export type Connection = "kept" | "fresh";

/** What nginx's workers share about the places of an upstream. Debian's nginx takes less than 1 KiB for each. */
const zoneSize = "128k";

/**
 * Where an app is reached: the same address twice, with and without kept connections. Nobody closes the connections of a
 * machine that died, and a request over one would wait for an answer until its time is up: to servers elsewhere none is kept.
 */
export function upstreams(app: App, hops: HopChain): Directive[] {
  const all = places(app);
  return connections(app).flatMap((connection) => [
    upstream(app, hops, connection, all),
    ...(sharing(app).sticky ? all.map((place) => upstream(app, hops, connection, all, place)) : []),
  ]);
}

/** How an app's places are connected to. */
export const connections = (app: App): Connection[] => (app.servers ? ["fresh"] : ["kept", "fresh"]);

/** Name of an upstream. A dot keeps apart what app names, which have none, cannot. `place`: the one that clients stay at. */
export function upstreamName(app: string, connection: Connection, place?: Place): string {
  return place ? `app-${app}.${place.id}.${connection}` : `app-${app}.${connection}`;
}

function upstream(app: App, hops: HopChain, connection: Connection, all: readonly Place[], stay?: Place): Directive {
  const name = upstreamName(app.name, connection, stay);
  const how = sharing(app);
  const several = all.length > 1;
  return block(
    "upstream",
    [name],
    [
      ...(several ? [directive("zone", name, zoneSize), ...method(how, hops)] : []),
      ...all.map((place) => (several ? server(place, how, stay) : onlyServer(place))),
      ...(connection === "kept" ? kept : []),
    ],
  );
}

const kept: readonly Directive[] = [
  directive("keepalive", keptConnections),
  directive("keepalive_requests", keptRequests),
  directive("keepalive_timeout", `${idleSeconds.upstream}s`),
];

/** nginx's own `ip_hash` goes by the first three bytes of the address that connects: behind a hop, by the hop's. */
function method({ method }: Sharing, hops: HopChain): Directive[] {
  switch (method) {
    case BalanceMethod.LeastConnections:
      return [directive("least_conn")];
    case BalanceMethod.ClientAddress:
      // Consistent: with another server most clients stay where they are.
      return [directive("hash", clientAddress(hops), "consistent")];
    default:
      return [];
  }
}

function onlyServer(place: Place): Directive {
  return directive("server", target(place), ...limit(place), "fail_timeout=0");
}

/** One place of several. Where clients stay at another, it is asked only while that one fails. */
function server(place: Place, { failSeconds, maxFails }: Sharing, stay?: Place): Directive {
  const backup = stay ? place !== stay : place.backup;
  return directive(
    "server",
    target(place),
    ...(place.weight === 1 ? [] : [`weight=${place.weight}`]),
    ...limit(place),
    `max_fails=${maxFails}`,
    `fail_timeout=${failSeconds}s`,
    ...(backup ? ["backup"] : []),
  );
}

const limit = ({ maxConnections }: Place): string[] => (maxConnections === null ? [] : [`max_conns=${maxConnections}`]);

const target = (place: Place) => verbatim(address(place));

/** A place as nginx names it, also in `$upstream_addr`. */
export function address({ socket, authority }: Place): string {
  return socket === null ? authority! : `unix:${socket}`;
}
