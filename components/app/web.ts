import { WebLogs } from "./web-logs";

/** The program that answers for a host. */
export const WebProgram = {
  /** nginx, which can do all that a route may say. */
  Nginx: "nginx",
  /** Apache httpd 2.4. */
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
   * Its logs.
   * @default one access log of JSON, put aside daily, 14 are kept
   * @example { perDomain: true, queries: false }
   */
  logs?: WebLogs;
}
