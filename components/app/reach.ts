/** Something outside the host that the app may connect to. Everything else is closed. */
export interface Reach {
  /**
   * A purpose (`ssh`, `smtp`, `http`, `ldap`, `https`, `smtps`, `submission`, `ldaps`, `rdp`), a port or a range
   * `8000-8010`.
   * @example "submission"
   */
  port: string;
  /** Host name or CIDR. @default anywhere @example "smtp.example.com" */
  peer?: string;
}
