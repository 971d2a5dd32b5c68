/** What is answered to plain HTTP. */
export const PlainHttp = {
  /** It is sent to TLS. */
  Redirect: "redirect",
  /** The same as by TLS. What people send and get by it can be read and changed on the way. */
  Serve: "serve",
  /** All there is: the domain has no TLS. */
  Only: "only",
} as const;
export type PlainHttp = (typeof PlainHttp)[keyof typeof PlainHttp];

/** Ports on every address of the host that clients connect to. */
export interface WebPorts {
  /** For plain HTTP. @default 80 @example 8080 */
  http?: number;
  /** For TLS. @default 443 @example 9988 */
  https?: number;
}

/** What is said of one domain as a whole. What concerns an address below it is said by its routes. */
export interface DomainSettings {
  /** The host name, one that routes answer at. @example "www.example.com" */
  domain: string;
  /** Further names that answer the same; the certificate is for them, too. @default none @example ["app.example.com"] */
  aliases?: string[];
  /**
   * Names that lead here: each answers 308 with path and query, by TLS as well, and the certificate is for them, too.
   * @default none
   * @example ["example.com"]
   */
  redirects?: string[];
  /** @default Redirect */
  http?: PlainHttp;
  /** Ports of its own, of its aliases and of the names that lead here. @default those of the host @example { https: 9988 } */
  ports?: WebPorts;
}
