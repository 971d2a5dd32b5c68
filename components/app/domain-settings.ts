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

/** Where the certificate of a domain comes from. */
export const CertificateFrom = {
  /** The authority that the host asks by ACME: that of `certificates.acme`. */
  Acme: "acme",
  /** The authority of a `LocalSite`, which only those trust who are told to. */
  LocalAuthority: "local-authority",
  /** The host itself, which makes it once and keeps it. No browser trusts it. */
  SelfSigned: "self-signed",
  /** Files on the computer that runs Pulumi, such as a client gives: see `files`. */
  Files: "files",
  /** Files of the same kind made by `mkcert`, whose authority this computer trusts; for a `LocalSite` alone. */
  Mkcert: "mkcert",
} as const;
export type CertificateFrom = (typeof CertificateFrom)[keyof typeof CertificateFrom];

/** Files with a certificate and its key, PEM; absolute paths, or from the folder of Pulumi.yaml. */
export interface CertificateFiles {
  /** The certificate; it may be followed by its chain. @example "tls/www.example.com.crt" */
  certificate: string;
  /** What leads from it to its authority, each certificate signed by the one behind it. @default none @example "tls/authority.crt" */
  chain?: string;
  /** Its private key, without a passphrase. @example "tls/www.example.com.key" */
  key: string;
}

/** What is said of one domain as a whole. What concerns an address below it is said by its routes. */
export interface DomainSettings {
  /** The host name, one that routes or the TLS of an app answer at. @example "www.example.com" */
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
  /** Where its certificate comes from. @default what the host has for all @example CertificateFrom.SelfSigned */
  certificate?: CertificateFrom;
  /**
   * The files, for a certificate from files. What mkcert has made is found by itself.
   * @default none
   * @example { certificate: "tls/www.example.com.crt", key: "tls/www.example.com.key" }
   */
  files?: CertificateFiles;
}
