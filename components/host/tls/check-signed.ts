import { App } from "../../app/app";
import { certifiedDomains } from "../../app/app-tls";
import { saidSource } from "../../app/certificate-source";
import { suggestion } from "../../app/nearest";
import { CertificateFrom } from "../../app/domain-settings";
import { Report } from "../../app/validation/report";
import { Web } from "../../app/web";
import { directHops } from "../hops";
import { furtherNames, hasTls, withNames } from "../names";
import { checkPem, Pem } from "./check-pem";

/** What certificates are for. */
export interface SignedFor {
  apps: readonly App[];
  web?: Web;
}

/**
 * Checks the certificates that an authority of the client's has signed, before anything is touched: each is for a domain of the
 * apps that has no other source, for all names of that domain, valid now, with a whole chain.
 *
 * @param place of the certificates by domain
 */
export function checkSigned(
  certificates: Readonly<Record<string, Pem>>,
  { apps, web = {} }: SignedFor,
  now: Date,
  place: Report,
): void {
  const hops = withNames(directHops, apps, web);
  const domains = certifiedDomains(apps).filter((domain) => hasTls(hops, domain));
  for (const [domain, one] of Object.entries(certificates)) {
    const own = place.in(domain);
    if (!domains.includes(domain)) {
      own.refuseUnseen("is for the domain of no route", domains.length ? suggestion(domain, domains) : "leave it out");
      continue;
    }
    const said = saidSource(domain, web);
    if (said !== undefined && said !== CertificateFrom.LocalAuthority)
      own.refuseUnseen("is for a domain that says where its certificate comes from", "leave it out here or there");
    checkPem(one, [domain, ...furtherNames(hops, domain)], now, own);
  }
}

/** The certificate and what leads from it to its authority, as a host gets them. */
export function fullchainOf({ certificate, chain = "" }: Pem): string {
  const whole = [certificate, chain].map((pem) => pem.trim()).join("\n");
  return `${whole.trim()}\n`;
}
