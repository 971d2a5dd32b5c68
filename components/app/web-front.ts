/** A program in which TLS ends, in front of nginx on the same host. */
export const TlsFront = {
  /** hitch, which knows TLS and connections, and nothing else. */
  Hitch: "hitch",
  /** stunnel. A name that is not the host's gets a certificate all the same, and is refused by nginx only then. */
  Stunnel: "stunnel",
  /** HAProxy, which can also read requests and hand some of them to their app past nginx (`direct`). */
  HAProxy: "haproxy",
} as const;
export type TlsFront = (typeof TlsFront)[keyof typeof TlsFront];

/**
 * What stands in front of nginx on the same host and ends TLS. It begins each connection to nginx by the PROXY protocol with the
 * client's address, and nginx listens for it on a loopback port, without TLS. Plain HTTP stays nginx's.
 */
export interface WebFront {
  /** Which program. */
  program: TlsFront;
  /**
   * Loopback port on which nginx listens for it. It believes what begins a connection there, so nothing but the front may know of
   * it: no app that may reach the loopback address of the host. No name has it for a port of its own.
   * @default 8080
   */
  port?: number;
  /**
   * Paths of routes whose requests go to their app straight, past nginx, with `program: HAProxy`. All that nginx does for a route
   * HAProxy does for these, as far as it can.
   * @default none: all requests go to nginx
   * @example ["/socket.io/"]
   */
  direct?: string[];
}
