import { Directive, directive } from "./tree";

/** `listen` on a port of every address, IPv4 and IPv6. */
export function listen(port: number, ...options: string[]): Directive[] {
  return [directive("listen", port, ...options), directive("listen", `[::]:${port}`, ...options)];
}

/** Where nginx listens on the host. What is in front may use other ports: see `HopChain`. */
export const webPorts = { http: 80, https: 443 } as const;
