import { WebFront } from "./web-front";

/** The program that answers for a host. */
export const WebProgram = {
  /** nginx, which can do all that a route may say. */
  Nginx: "nginx",
  /** Apache httpd 2.4, for apps of one process each. */
  Apache: "apache",
  /** HAProxy. */
  HAProxy: "haproxy",
} as const;
export type WebProgram = (typeof WebProgram)[keyof typeof WebProgram];

/** The web server of a host: what is said once for all of its apps. What concerns one address is said by its route. */
export interface Web {
  /** @default Nginx */
  program?: WebProgram;
  /**
   * A program in front of nginx, on the same host, in which TLS ends.
   * @default none: nginx ends TLS itself
   * @example { program: TlsFront.Hitch }
   */
  front?: WebFront;
}
