import type { AcmeArgs } from "../app/acme-args";
import type { Problem } from "../app/problem";
import { Report } from "../app/validation/report";
import type { CertificatePair } from "../host/tls/certificate-files";
import { checkKey, serverKeys } from "../host/tls/check-pem";
import { checkSigned, fullchainOf, type SignedFor } from "../host/tls/check-signed";

/** A certificate that an authority has signed for a request of the site, which keeps the key. */
export interface LocalSignedCertificateArgs {
  /** The certificate, PEM. @example certificate */
  certificate: string;
  /** What leads from it to its authority, PEM, each certificate signed by the one behind it. @default none: it is self-signed @example chain */
  chain?: string;
}

/** Certificates of an authority that only people can ask, such as a company's own. */
export interface LocalSignedArgs {
  /**
   * What it has signed, by domain. Others have the site's own authority until then, by the same key.
   * @default none yet
   * @example { "www.example.com": { certificate, chain } }
   */
  certificates?: Record<string, LocalSignedCertificateArgs>;
}

const placeOf = (problems: Problem[]): Report => new Report("", problems).in("certificates", "signed", "certificates");

/** What is wrong with certificates that an authority of the client's has signed, but for their keys, which only the state has. */
export function signedProblems(
  { acme, signed }: { acme?: AcmeArgs; signed?: LocalSignedArgs } = {},
  what: SignedFor,
  now = new Date(),
): Problem[] {
  const problems: Problem[] = [];
  if (!signed) return problems;
  if (acme)
    new Report("", problems).in("certificates", "acme").refuseUnseen("is given beside signed", "give one of the two");
  checkSigned(signed.certificates ?? {}, what, now, placeOf(problems));
  return problems;
}

/** A certificate with the key that the site has kept, and what is wrong where it was signed for another one. */
export function signedPair(
  domain: string,
  signed: LocalSignedCertificateArgs,
  privkey: string,
): { pair: CertificatePair; problems: Problem[] } {
  const problems: Problem[] = [];
  const ofKey: Problem[] = [];
  checkKey(signed.certificate, privkey, serverKeys, new Report("", ofKey));
  if (ofKey.length)
    placeOf(problems)
      .in(domain, "certificate")
      .refuseUnseen("is for another key than the site's", "give what was signed for the one of signingRequests");
  return { pair: { fullchain: fullchainOf(signed), privkey }, problems };
}
