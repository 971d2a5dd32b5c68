import { createPrivateKey, KeyObject, X509Certificate } from "node:crypto";
import { Fault } from "../../app/problem";
import { Report } from "../../app/validation/report";

/** A certificate and what leads to its authority, both PEM. */
export interface Pem {
  certificate: string;
  chain?: string;
}

/**
 * Checks what browsers would refuse, and ACM: a certificate that is not valid now, lacks a domain, or has a chain with a gap.
 *
 * @param report of the object that holds them
 */
export function checkPem({ certificate, chain }: Pem, domains: readonly string[], now: Date, report: Report): void {
  const [leaf, ...more] = certificatesIn(certificate, report.in("certificate"));
  if (leaf) {
    if (more.length) {
      const fix = "put the others into chain";
      report.in("certificate").refuseUnseen(`holds ${more.length + 1} certificates`, fix);
    }
    checkTime(leaf, now, report.in("certificate"), "");
    checkNames(leaf, domains, report.in("certificate"));
  }
  if (chain !== undefined) checkChain(leaf, certificatesIn(chain, report.in("chain")), now, report.in("chain"));
  else if (leaf && !isSelfSigned(leaf)) {
    const fix = "give the certificates of its authority; without them browsers do not trust it";
    report.in("chain").refuseUnseen(`is missing, and the certificate was issued by ${shortName(leaf.issuer)}`, fix);
  }
}

/** The kinds of private keys that somebody takes, and what is said of the others. */
export interface KeyKinds {
  takes: (key: KeyObject) => boolean;
  refusal: Fault;
}

/** What web servers and browsers take (CA/Browser Forum, Baseline Requirements, 6.1.5). */
export const serverKeys: KeyKinds = {
  takes: ({ asymmetricKeyType: type, asymmetricKeyDetails: { modulusLength = 0, namedCurve = "" } = {} }) =>
    type === "rsa" ? modulusLength >= 2048 : type === "ec" && ["prime256v1", "secp384r1"].includes(namedCurve),
  refusal: {
    reason: "is of a kind that browsers refuse",
    fix: "use RSA with at least 2048 bits, or the curve P-256 or P-384",
  },
};

/** Checks that a private key is that of the certificate, and of a kind that is taken. The key itself is never repeated. */
export function checkKey(certificate: string, privateKey: string, kinds: KeyKinds, report: Report): void {
  const [leaf] = certificatesIn(certificate);
  if (!leaf) return; // said of the certificate
  if (/ENCRYPTED/.test(privateKey)) {
    report.refuseUnseen(
      "is encrypted",
      "decrypt it: nobody is there to type a passphrase; keep it as a secret of the stack",
    );
    return;
  }
  const key = readKey(privateKey);
  if (!key) report.refuseUnseen("is not a private key in PEM", 'give the text from "-----BEGIN" on');
  else if (!leaf.checkPrivateKey(key)) {
    report.refuseUnseen("is not the key of the certificate", "give the key that the certificate was asked for with");
  } else if (!kinds.takes(key)) report.refuseUnseen(kinds.refusal.reason, kinds.refusal.fix);
}

function certificatesIn(pem: string, report?: Report): X509Certificate[] {
  if (/PRIVATE KEY/.test(pem)) {
    report?.refuseUnseen("holds a private key", "give it as privateKey only, where it is kept secret");
    return [];
  }
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  const read = blocks.flatMap((block) => readCertificate(block) ?? []);
  if (blocks.length === 0 || read.length < blocks.length) {
    report?.refuseUnseen(
      "cannot be read as certificates in PEM",
      'give the text from "-----BEGIN CERTIFICATE-----" on',
    );
    return [];
  }
  return read;
}

function readCertificate(block: string): X509Certificate | undefined {
  try {
    return new X509Certificate(block);
  } catch {
    return undefined;
  }
}

function readKey(pem: string): KeyObject | undefined {
  try {
    return createPrivateKey(pem);
  } catch {
    return undefined; // the reason could repeat parts of the key
  }
}

function checkTime({ validFrom, validTo }: X509Certificate, now: Date, report: Report, which: string): void {
  const day = (text: string): string => new Date(text).toISOString().slice(0, 10);
  if (new Date(validTo) <= now) {
    report.refuseUnseen(`${which}expired on ${day(validTo)}`, "give one that has been renewed");
  } else if (new Date(validFrom) > now) {
    report.refuseUnseen(`${which}is not valid before ${day(validFrom)}`, "give it then; check this computer's clock");
  }
}

function checkNames({ subjectAltName = "" }: X509Certificate, domains: readonly string[], report: Report): void {
  const names = [...subjectAltName.matchAll(/DNS:([^,\s"]+)/g)].map(([, name]) => name!.toLowerCase());
  const missing = domains.filter((domain) => !names.includes(domain) && !names.includes(wildcardOver(domain)));
  if (missing.length === 0) return;
  const fix = names.length ? `it is for ${names.join(", ")}` : "it is for no domain at all";
  report.refuseUnseen(`is not for ${missing.join(", ")}`, fix);
}

/** The wildcard that a domain is one of: an asterisk stands for one label (RFC 6125, section 6.4.3). */
function wildcardOver(domain: string): string {
  return domain.startsWith("*.") ? domain : domain.replace(/^[^.]+/, "*");
}

function checkChain(leaf: X509Certificate | undefined, chain: X509Certificate[], now: Date, report: Report): void {
  if (leaf && chain[0] && leaf.fingerprint256 === chain[0].fingerprint256) {
    report.refuseUnseen("begins with the certificate itself", "leave that out: the chain begins with its issuer");
    return;
  }
  chain.forEach((issuer, index) => {
    const issued = index === 0 ? leaf : chain[index - 1];
    if (issued && !(issued.checkIssued(issuer) && issued.verify(issuer.publicKey))) {
      const what = index === 0 ? "the certificate" : `${shortName(issued.subject)} in front of it`;
      const fix = `put the certificate of ${shortName(issued.issuer)} there`;
      report.refuseUnseen(`has ${shortName(issuer.subject)} at place ${index + 1}, which did not issue ${what}`, fix);
    }
    checkTime(issuer, now, report, `has ${shortName(issuer.subject)}, which `);
  });
}

function isSelfSigned(certificate: X509Certificate): boolean {
  return certificate.checkIssued(certificate) && certificate.verify(certificate.publicKey);
}

/** `CN=…` of a name, or the whole in one line. */
function shortName(name: string): string {
  const lines = name.split("\n");
  return JSON.stringify(lines.find((line) => line.startsWith("CN="))?.slice(3) ?? lines.join(", "));
}
