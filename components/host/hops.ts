import { Route } from "../app/app";

/**
 * What a request passes on its way to an app. Now: client, nginx, app. Whatever depends on the chain (forwarded headers,
 * redirects, HSTS, timeouts) is derived here and nowhere else, so that a hop in front of nginx changes it in one place.
 */
export interface HopChain {
  /** Port that browsers use for `http://`. */
  publicHttpPort: number;
  /** Port that browsers use for `https://`. */
  publicHttpsPort: number;
  /** CIDRs of the hops in front of nginx whose word about the client is believed. Empty: clients connect to nginx. */
  trusted: string[];
}

/** Clients that connect to nginx on the usual ports. */
export const directHops: HopChain = { publicHttpPort: 80, publicHttpsPort: 443, trusted: [] };

/** Host and port as a browser writes them: the port only when it is not 443. */
export function authority(hops: HopChain, domain: string): string {
  return hops.publicHttpsPort === 443 ? domain : `${domain}:${hops.publicHttpsPort}`;
}

/** How the request came to the first hop. Always TLS: plain HTTP is redirected before it reaches an app. */
export const publicScheme = "https";

/**
 * Idle connections, in seconds: who receives requests waits longer than who sends them, or a request is written to a
 * connection that is just being closed. An AWS balancer closes after 60 s, so nginx waits 75; nginx
 * closes its connections to the app after 60, so apps wait 75.
 */
export const idleSeconds = { client: 75, upstream: 60, app: 75 } as const;

/** Longest silence of an app before nginx gives up: below the 60 s of an AWS balancer, so that nginx answers. */
const readSeconds = 55;

/** A websocket may be silent for long; an hour, and the client comes back. */
const websocketReadSeconds = 3600;

/** How long nginx waits for an app to say something, in seconds. */
export function readTimeoutSeconds(route: Route): number {
  return route.readTimeoutSeconds ?? (route.websocket ? websocketReadSeconds : readSeconds);
}

/**
 * How long workers of the old configuration may finish their connections after a reload, in seconds: longer than any
 * answer may take, so that none is cut. Without a limit one open websocket keeps an old worker forever;
 * websockets get 5 minutes to end by themselves, then their clients connect again.
 */
export function drainSeconds(routes: readonly Route[]): number {
  const answers = routes.filter((route) => !route.websocket).map(readTimeoutSeconds);
  return Math.max(60, ...answers.map((seconds) => seconds + 5), routes.some((route) => route.websocket) ? 300 : 0);
}

/** HSTS for two years, as Mozilla's guideline 6.0 has it. */
const hstsSeconds = 63072000;

/**
 * What nginx, the hop that ends TLS, says by Strict-Transport-Security; null for names under `localhost`, where it would
 * force TLS on every port of that name. Without includeSubDomains: names below this one may not be ours.
 */
export function strictTransport(domain: string): string | null {
  return domain === "localhost" || domain.endsWith(".localhost") ? null : `max-age=${hstsSeconds}`;
}
