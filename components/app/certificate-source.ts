import { CertificateFrom } from "./domain-settings";
import { Web } from "./web";

/** Where the certificate of a domain comes from, as it is said for the domain, or else for the host; undefined where nothing is said. */
export const saidSource = (domain: string, { domains = [], certificate }: Web): CertificateFrom | undefined =>
  domains.find((settings) => settings.domain === domain)?.certificate ?? certificate;

/** Whether a host that asks an authority asks it for a domain as well: unless another source is said. */
export const asksAuthorityFor = (domain: string, web: Web): boolean =>
  (saidSource(domain, web) ?? CertificateFrom.Acme) === CertificateFrom.Acme;
