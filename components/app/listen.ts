/** How the app gets the socket it answers on. */
export const ListenVia = {
  /** systemd holds the socket and hands it over as file descriptor 3; no request is lost while the app restarts. */
  Activation: "activation",
  /** The app makes its own unix socket at `socketPath(app)`. */
  Socket: "socket",
  /** The app listens on a TCP port of the loopback address. */
  Port: "port",
} as const;
export type ListenVia = (typeof ListenVia)[keyof typeof ListenVia];

/** The app's sockets. */
export interface Listen {
  /** @default Activation */
  via?: ListenVia;
  /** Loopback port, with `via: Port`. @default none @example 8000 */
  port?: number;
  /**
   * TCP ports on every address of the host that systemd hands over after the app's own socket, for apps that do not
   * speak HTTP.
   * @default none
   * @example [2525]
   */
  publicPorts?: number[];
  /** Longest queue of connections not yet accepted (`Backlog=`). @default 4096, Linux's somaxconn */
  backlog?: number;
}
