import { HopChain, speaksProxyProtocol } from "../hops";
import { because, Directive, directive } from "./tree";

/** Connections that wait for nginx: Linux's somaxconn. nginx's own default of 511 overflows in a burst. */
export const backlog = "backlog=4096";

/**
 * `listen` on a port of every address, IPv4 and IPv6. Where a hop begins connections with the PROXY protocol the host
 * itself, which asks its apps for their health, goes without.
 */
export function listen(port: number, hops: HopChain, ...options: string[]): Directive[] {
  return listenOn(port, hops, options, []);
}

/** `listen` for names that no other server has. What concerns the port as a whole is said here, once. */
export function listenByDefault(port: number, hops: HopChain, ...options: string[]): Directive[] {
  return listenOn(port, hops, [...options, "default_server"], [backlog]);
}

function listenOn(port: number, hops: HopChain, options: string[], ofPort: string[]): Directive[] {
  const everywhere = (...more: string[]): Directive[] =>
    [port, `[::]:${port}`].map((address) => directive("listen", address, ...options, ...more, ...ofPort));
  if (!speaksProxyProtocol(hops)) return everywhere();
  return [
    ...everywhere("proxy_protocol"),
    because("the host itself says no PROXY protocol", directive("listen", `127.0.0.1:${port}`, ...options)),
  ];
}
