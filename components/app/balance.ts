/** Who gets the next request of an app that has several servers or instances. */
export const BalanceMethod = {
  /** One after the other, by their weights. */
  RoundRobin: "round-robin",
  /** Who has the fewest requests in hand, by their weights. For answers that take very different times. */
  LeastConnections: "least-connections",
  /** Always the same for a client's address, as the hop chain knows it. Clients behind one router share one. */
  ClientAddress: "client-address",
} as const;
export type BalanceMethod = (typeof BalanceMethod)[keyof typeof BalanceMethod];

/** Where an app answers that does not run on this host. */
export interface BalancedServer {
  /**
   * Address, or a host name that the web server looks up when it loads its configuration.
   * @example "10.0.1.12"
   */
  address: string;
  /** TCP port that it answers on. @example 8080 */
  port: number;
  /** Its share of the requests, beside those of the others. @default 1 @example 3 */
  weight?: number;
  /** Gets requests only while none of the others can. @default false */
  backup?: boolean;
  /** Most requests (and websockets) that it is given at once. @default no limit @example 200 */
  maxConnections?: number;
}

/** TLS to the servers of an app. Their certificate is checked. */
export interface ServersTls {
  /** Name in their certificate, which they are asked for by SNI. @default the route's domain @example "shop.internal" */
  name?: string;
  /**
   * PEM text of the authorities that sign their certificate.
   * @default those of Debian's ca-certificates
   * @example readFileSync("authority.pem", "utf8")
   */
  authority?: string;
}

/** How requests are shared out among an app's servers or instances. */
export interface Balance {
  /** @default RoundRobin */
  method?: BalanceMethod;
  /**
   * A client stays where it was answered first, by a cookie that the web server sets, and moves on when nobody answers there.
   * For apps that keep something of a client in memory, as socket.io does between its polling requests.
   * @default false
   */
  sticky?: boolean;
  /**
   * How long who failed is left out, in seconds; also the time in which its failures are counted.
   * @default 10, as nginx
   */
  failSeconds?: number;
  /**
   * Failed attempts within that time after which it is left out.
   * @default 3, with httpd 1; instances on this host, which systemd starts again, are never left out
   * @example 1
   */
  maxFails?: number;
  /**
   * How long a request waits for one of them to have a connection free (`maxConnections`), in seconds.
   * @default it does not wait, the answer is 502; HAProxy, which can let it wait: 30
   * @example 10
   */
  queueSeconds?: number;
}
