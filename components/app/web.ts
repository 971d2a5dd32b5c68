import { CertificateFrom, DomainSettings, WebPorts } from "./domain-settings";
import { WebFront } from "./web-front";
import { CacheZone } from "./route/cache";
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
   * A program in front of nginx, on the same host, in which TLS ends.
   * @default none: nginx ends TLS itself
   * @example { program: TlsFront.Hitch }
   */
  front?: WebFront;
  /**
   * Longest that requests and websockets may go on which began before the web server was told of something new, in seconds;
   * then they are cut, and clients connect again. Until its last connection ends, an old worker process stays (about 10 MB).
   * @default none is cut: they end by themselves
   * @example 300
   */
  drainSeconds?: number;
  /** Parts of the disk where answers are kept, for the routes that name them. @default none @example [{ name: "pages", maxMiB: 2048 }] */
  caches?: CacheZone[];
  /**
   * Content types that are compressed beside the usual ones (texts, JSON, XML, SVG, fonts). Each by its name: web servers know no
   * wildcards.
   * @default none
   * @example ["application/vnd.nextthought.workspace+json"]
   */
  compressTypes?: string[];
  /**
   * For how long a connection of a client is kept open between requests, in seconds. Has to be more than the hop in front keeps
   * its connections (`Hop.keepSeconds`).
   * @default 75, or 15 more than the hop in front keeps them
   * @example 65
   */
  keepAliveSeconds?: number;
  /**
   * Its logs.
   * @default one access log of JSON, put aside daily, 14 are kept
   * @example { perDomain: true, queries: false }
   */
  logs?: WebLogs;
  /** Domains that are more than a name with TLS on the usual ports. @default none @example [{ domain: "www.example.com", redirects: ["example.com"] }] */
  domains?: DomainSettings[];
  /** Ports of all domains that have none of their own. @default 80 and 443 @example { http: 8080, https: 9988 } */
  ports?: WebPorts;
  /**
   * Where the certificates of domains come from that say nothing of it.
   * @default the authority of a `LocalSite`; else the one of `certificates`
   * @example CertificateFrom.SelfSigned
   */
  certificate?: CertificateFrom;
}
