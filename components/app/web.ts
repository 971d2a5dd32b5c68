import { CertificateFrom, DomainSettings, WebPorts } from "./domain-settings";

/** The program that answers for a host. */
export const WebProgram = {
  /** nginx, which can do all that a route may say. */
  Nginx: "nginx",
} as const;
export type WebProgram = (typeof WebProgram)[keyof typeof WebProgram];

/** The web server of a host: what is said once for all of its apps. What concerns one address is said by its route. */
export interface Web {
  /** @default Nginx */
  program?: WebProgram;
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
