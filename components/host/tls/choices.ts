import { CertificateFrom } from "../../app/domain-settings";
import { Fault, Problem } from "../../app/problem";
import { Report } from "../../app/validation/report";
import { Web } from "../../app/web";

/** What is wrong with sources of certificates that a kind of host does not have. */
export function choiceProblems(
  { certificate, domains = [] }: Web,
  refused: Partial<Record<CertificateFrom, Fault>>,
): Problem[] {
  const problems: Problem[] = [];
  const report = new Report("web", problems);
  const check = (from: CertificateFrom | undefined, place: Report): void => {
    const fault = from && refused[from];
    if (fault) place.in("certificate").refuse(from, fault.reason, fault.fix);
  };
  check(certificate, report);
  domains.forEach((settings, index) => check(settings.certificate, report.in("domains", index)));
  return problems;
}

/** No authority can be asked where none is named. */
export const withoutAuthority: Partial<Record<CertificateFrom, Fault>> = {
  [CertificateFrom.Acme]: {
    reason: "needs an authority that the host asks, and none is named",
    fix: "set certificates.acme, or take another source",
  },
};

const localFix = "use files, or leave it out";

/** Sources that only a machine of this computer has. */
export const localOnly: Partial<Record<CertificateFrom, Fault>> = {
  [CertificateFrom.LocalAuthority]: { reason: "is an authority that nobody else trusts", fix: localFix },
  [CertificateFrom.Mkcert]: { reason: "is for this computer, and nobody else trusts it", fix: localFix },
};

/** Keys that are given have no way to a host by user data, which everybody on it can read. */
export const withoutStore: Partial<Record<CertificateFrom, Fault>> = {
  [CertificateFrom.Files]: { reason: "would put a private key into user data", fix: "give the host a store" },
};
