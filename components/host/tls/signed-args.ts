import type { Input } from "@pulumi/pulumi";

/** A certificate that an authority has signed, with its key. */
export interface SignedCertificateArgs {
  /** The certificate, PEM. @example certificate */
  certificate: string;
  /** What leads from it to its authority, PEM, each certificate signed by the one behind it. @default none: it is self-signed @example chain */
  chain?: string;
  /** Its private key, PEM, without a passphrase. @example privateKey */
  privateKey: Input<string>;
}

/** Certificates of an authority that only people can ask, such as a company's own. */
export interface SignedArgs {
  /**
   * What it has signed, by domain. For others the host has a placeholder, and `requests` says how to ask for them.
   * @default none yet
   * @example { "www.example.com": { certificate, chain, privateKey } }
   */
  certificates?: Record<string, SignedCertificateArgs>;
}
