/** An authority that signs certificates by ACME (RFC 8555). */
export interface AcmeArgs {
  /**
   * Where it writes to when something is wrong with a certificate.
   * @default nowhere
   * @example "hostmaster@example.com"
   */
  email?: string;
  /** Address of its directory. @default Let's Encrypt's @example letsEncrypt.staging */
  directory?: string;
}
