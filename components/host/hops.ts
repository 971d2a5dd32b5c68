import { Route } from "../app/route/route";
import { PlainHttp } from "../app/domain-settings";
import { StrictTransport } from "../app/route/security";
import { Web } from "../app/web";
import { Hop, NamesClient } from "./hop";
import { addressOf, hasTls, NameAddress, usualPorts } from "./names";

/**
 * What a request passes on its way to an app: the client, hops in front, the web server, the app. Whatever depends on the chain
 * (believed addresses, forwarded headers, redirects, HSTS, timeouts) is derived here and nowhere else, so that another hop
 * changes it in one place. Every hop in front speaks TLS to the next.
 */
export interface HopChain {
  /** Port that browsers use for `http://`. */
  publicHttpPort: number;
  /** Port that browsers use for `https://`. */
  publicHttpsPort: number;
  /** What stands in front of the web server, the one that clients connect to first. Empty: clients connect to the web server. */
  front: readonly Hop[];
  /**
   * Loopback port on which nginx takes connections, without TLS and begun by the PROXY protocol, of a program on the same host
   * in which TLS ends.
   * @default none: TLS ends in nginx
   */
  tlsFrontPort?: number;
  /** How each name is answered. @default every name by TLS on the usual ports */
  names?: Readonly<Record<string, NameAddress>>;
}

/** Clients that connect to the web server on the usual ports. */
export const directHops: HopChain = { publicHttpPort: 80, publicHttpsPort: 443, front: [] };

/** Addresses of the host itself, which asks its apps for their health. */
export const ownAddresses = ["127.0.0.1", "::1"] as const;

/** CIDRs of the hops whose word about the client the web server believes. */
export function believed({ front }: HopChain): string[] {
  return [...new Set(front.flatMap((hop) => hop.addresses))];
}

/** A hop that is believed by its proof. */
interface ProvenHop extends Hop {
  provesBy: string;
}

/** The hop whose word about the client the web server believes by its proof, from whatever address; there is one at most. */
export function believedByProof({ front }: HopChain): ProvenHop | undefined {
  return readers(front).find((hop): hop is ProvenHop => hop.provesBy !== undefined && hop.addresses.length === 0);
}

/** CIDRs of the hops that ask for the health of each app. */
export function healthAskers({ front }: HopChain): string[] {
  return believed({ ...directHops, front: front.filter((hop) => hop.asksHealth) });
}

/** Where such a hop asks for the health of an app, under no name. */
export const healthPath = (app: string): string => `/.well-known/landfall/health/${app}`;

/** The hops that read requests; the others only pass connections on. */
export function readers<T extends Hop>(front: readonly T[]): T[] {
  return front.filter(({ namesClient = NamesClient.ForwardedFor }) => namesClient === NamesClient.ForwardedFor);
}

/** Whether connections to the web server begin with the PROXY protocol. */
export function speaksProxyProtocol({ front }: HopChain): boolean {
  return front.some((hop) => hop.namesClient === NamesClient.ProxyProtocol);
}

/** The headers by which hops prove themselves. */
export function proofHeaders({ front }: HopChain): string[] {
  return front.flatMap(({ provesBy }) => provesBy ?? []);
}

/** The longest time that any connection of a client may be silent, in seconds. */
export function longestSilenceSeconds(routes: readonly Route[], hops: HopChain, { keepAliveSeconds }: Web): number {
  return Math.max(
    keepAliveSeconds ?? clientIdleSeconds(hops),
    ...routes.map((route) => readTimeoutSeconds(route, hops)),
  );
}

/** Host and port as a browser writes them: the port only when it is not that of the scheme. */
export function authority(hops: HopChain, name: string): string {
  const port = publicPort(hops, name);
  return port === usualPorts[publicScheme(hops, name)] ? name : `${name}:${port}`;
}

/** How requests by a name come to the first hop: by TLS, unless plain HTTP is all there is. */
export function publicScheme(hops: HopChain, name: string): "http" | "https" {
  return hasTls(hops, name) ? "https" : "http";
}

/** Port that browsers use for a name. */
export function publicPort(hops: HopChain, name: string): number {
  const { httpPort, httpsPort } = addressOf(hops, name);
  return hasTls(hops, name) ? publicPortOf(hops, httpsPort) : publicPortOf(hops, httpPort);
}

/** Port that browsers use for one where the web server listens. Only the usual ones may be others in front of the host. */
export function publicPortOf({ publicHttpPort, publicHttpsPort }: HopChain, port: number): number {
  if (port === usualPorts.https) return publicHttpsPort;
  return port === usualPorts.http ? publicHttpPort : port;
}

/**
 * Idle connections, in seconds: who receives requests waits longer than who sends them, or a request is written to a
 * connection that is just being closed. nginx closes its connections to the app after 60, so apps wait 75.
 */
export const idleSeconds = { upstream: 60, app: 75 } as const;

/** Keeps who receives requests well behind who sends them. */
const idleMarginSeconds = 15;

/** How long the web server keeps an idle connection that was opened to it: longer than the hop in front of it, 75 s at least. */
export function clientIdleSeconds({ front }: HopChain): number {
  const keeping = readers(front).at(-1)?.keepSeconds ?? 0;
  return Math.max(idleSeconds.app, keeping + idleMarginSeconds);
}

/** Longest silence of an app before the web server gives up: below the 60 s of an AWS balancer. */
export const readSeconds = 55;

/** How long before a hop in front the web server gives up, so that the answer says what was wrong. */
const answerMarginSeconds = 5;

/** A websocket or a stream may be silent for long; an hour, and the client comes back. */
const longReadSeconds = 3600;

/** Whether a route's answers go on, so that hops in front end them by themselves and clients come back. */
export const goesOn = (route: Route): boolean => route.websocket === true || route.stream === true;

/** How long a websocket or a stream may be silent, in seconds. */
export const longSeconds = (route: Route): number => route.readTimeoutSeconds ?? longReadSeconds;

/** How long the web server waits for an app to say something, in seconds: less than every hop in front, unless the route says so. */
export function readTimeoutSeconds(route: Route, { front }: HopChain): number {
  if (goesOn(route)) return longSeconds(route);
  if (route.readTimeoutSeconds !== undefined) return route.readTimeoutSeconds;
  const patience = Math.min(...front.map((hop) => hop.answerSeconds)) - answerMarginSeconds;
  return Math.max(1, Math.min(readSeconds, patience));
}

/** Largest request body where a route does not say, in MiB. */
export const usualBodyMiB = 10;

/** Largest request body that the web server takes, in MiB. */
export function maxBodyMiB(route: Route, { front }: HopChain): number {
  return route.maxBodyMiB ?? Math.min(usualBodyMiB, ...front.map((hop) => hop.maxBodyMiB ?? Infinity));
}

/**
 * How long a host that is taken out from behind a load balancer may finish its connections, in seconds: longer than any answer
 * may take, so that none is cut. Websockets and streams get 5 minutes to end by themselves, then their clients connect again.
 */
export function drainSeconds(routes: readonly Route[], hops: HopChain): number {
  const answers = routes.filter((route) => !goesOn(route)).map((route) => readTimeoutSeconds(route, hops));
  return Math.max(60, ...answers.map((seconds) => seconds + 5), routes.some(goesOn) ? 300 : 0);
}

/** HSTS for two years, as Mozilla's guideline 6.0 has it. */
const hstsSeconds = 63072000;

/**
 * What the web server says by Strict-Transport-Security; null where a hop in front says it, where plain HTTP is to be answered, and
 * for names under `localhost`, where it would force TLS on every port of that name. Without includeSubDomains unless a route
 * says so: names below this one may not be ours.
 */
export function strictTransport(domain: string, hops: HopChain, said: StrictTransport = {}): string | null {
  if (hops.front.some((hop) => hop.saysStrictTransport)) return null;
  if (addressOf(hops, domain).http !== PlainHttp.Redirect) return null;
  if (domain === "localhost" || domain.endsWith(".localhost")) return null;
  const { seconds = hstsSeconds, includeSubDomains, preload } = said;
  return [
    `max-age=${seconds}`,
    ...(includeSubDomains ? ["includeSubDomains"] : []),
    ...(preload ? ["preload"] : []),
  ].join("; ");
}
