import { App } from "../../app/app";
import { BalanceMethod } from "../../app/balance";
import { buffersAnswers } from "../buffering";
import { HopChain, readTimeoutSeconds } from "../hops";
import {
  mostTries,
  Place,
  places,
  placeScheme,
  serverConnectSeconds,
  sharing,
  stayCookie,
  stayCookieAttributes,
} from "../places";
import { SiteRoute } from "../site-route";
import { isMine } from "./route";
import { serversTls } from "./servers-tls";
import { literalFormat } from "./text";
import { apache, ApacheDirective, section } from "./tree";

/** Seconds that httpd waits for an app of this host to take a connection. */
const connectSeconds = 5;

const methods: Readonly<Record<BalanceMethod, string | null>> = {
  "round-robin": "byrequests",
  "least-connections": "bybusyness",
  "client-address": null,
};

/** Modules that sharing out requests needs, where an app asks for it. */
export function balancerModules(apps: readonly App[]): string[] {
  const shared = apps.filter(isShared);
  return shared.length === 0
    ? []
    : ["proxy_balancer", "slotmem_shm", ...new Set(shared.map((app) => `lbmethod_${method(app)}`))];
}

/**
 * Where the requests of a route go, without a path. A balancer has members of its own, with the timeouts of its route; an
 * address that stands by itself is one and the same for all routes that name it, so only the name of a socket does.
 */
export function target(of: SiteRoute): string {
  return isShared(of.app) ? balancerName(of) : memberUrl(of, places(of.app)[0]!);
}

/** What httpd is told where it names the target of a route: how it is reached, unless members say that. */
export const targetSettings = (of: SiteRoute, hops: HopChain): string[] => (isShared(of.app) ? [] : reached(of, hops));

/** The members of a route's balancer, and how it chooses among them; nothing where there is one socket to go to. */
export function balancer(of: SiteRoute, hops: HopChain): ApacheDirective[] {
  const { app } = of;
  if (!isShared(app)) return [];
  const all = places(app);
  const { sticky } = sharing(app);
  return [
    section(
      "Proxy",
      [balancerName(of)],
      [
        ...all.map((place) => member(of, place, hops)),
        apache(
          "ProxySet",
          `lbmethod=${method(app)}`,
          ...(all.length > 1 ? [`maxattempts=${Math.min(all.length, mostTries) - 1}`] : []),
          // A web server there that finds its own app gone says 502.
          ...(app.servers && all.length > 1 ? ["failonstatus=502"] : []),
          ...(sticky ? [`stickysession=${stayCookie(app.name)}`, "stickysessionsep=Off"] : []),
        ),
        ...serversTls(app),
      ],
    ),
  ];
}

/** Tells a client of a sticky app where it was answered, unless it says so already. */
export function stayHeader(of: SiteRoute): ApacheDirective[] {
  const { app } = of;
  if (!sharing(app).sticky) return [];
  const cookie = `${stayCookie(app.name)}=%{BALANCER_WORKER_ROUTE}e${literalFormat(stayCookieAttributes(app))}`;
  const moved = `expr=-n %{reqenv:BALANCER_ROUTE_CHANGED} && ${isMine(of)}`;
  return [apache("Header", "add", "Set-Cookie", cookie, moved)];
}

/** Only what has a balancer has settings of its own for TLS. */
const isShared = (app: App): boolean =>
  places(app).length > 1 || app.tls !== undefined || places(app).some(({ socket }) => socket === null);

const label = ({ app, route }: SiteRoute): string => `${app.name}-${(app.routes ?? []).indexOf(route)}`;

const balancerName = (of: SiteRoute): string => `balancer://${label(of)}`;

function method(app: App): string {
  const { method } = sharing(app);
  const name = methods[method];
  if (name === null) throw new Error(`app ${app.name}: httpd cannot share out requests by ${method}`);
  return name;
}

/**
 * Seconds for which an instance is left out that could not be connected to: long enough for the request that has met it to be
 * tried at another. Its socket is gone only while there are fewer of them.
 */
const goneSeconds = 1;

/** One place of several. httpd leaves one out after its first failure, for as long as it is told. */
function member(of: SiteRoute, place: Place, hops: HopChain): ApacheDirective {
  return apache(
    "BalancerMember",
    memberUrl(of, place),
    ...reached(of, hops, leftOutSeconds(of.app)),
    ...(place.weight === 1 ? [] : [`loadfactor=${place.weight}`]),
    ...(place.backup ? ["status=+H"] : []),
    ...(sharing(of.app).sticky ? [`route=${place.id}`] : []),
  );
}

function leftOutSeconds(app: App): number {
  const { maxFails, failSeconds } = sharing(app);
  if (places(app).length === 1) return 0;
  return maxFails === 0 ? goneSeconds : failSeconds;
}

/** Each socket has a name of its own: httpd keeps what it knows of a place (its timeout among it) by that name. */
function memberUrl(of: SiteRoute, { id, socket, authority }: Place): string {
  const scheme = placeScheme(of.app);
  if (socket === null) return `${scheme}://${authority}`;
  return `unix:${socket}|${scheme}://${label(of)}${places(of.app).length > 1 ? `.${id}` : ""}.localhost`;
}

/**
 * How a place is reached. A connection is not used again: an app that restarts may close it just when a request is written to
 * it. And an app that did not answer is asked again at once (`retry=0`), not after a minute.
 */
function reached({ app, route }: SiteRoute, hops: HopChain, retrySeconds = 0): string[] {
  return [
    "disablereuse=On",
    `retry=${retrySeconds}`,
    `connectiontimeout=${app.servers ? serverConnectSeconds : connectSeconds}`,
    `timeout=${readTimeoutSeconds(route, hops)}`,
    ...(route.websocket ? ["upgrade=websocket"] : []),
    ...(buffersAnswers(route) ? [] : ["flushpackets=on"]),
  ];
}
