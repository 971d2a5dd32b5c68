import { X509Certificate } from "node:crypto";
import { rootCertificates, SecureVersion } from "node:tls";
import type { Problem } from "../app/problem";
import { Report } from "../app/validation/report";
import { checkPem, serverKeys } from "../host/tls/check-pem";
import { forgeableDigest } from "../host/tls/signature";
import { Finding } from "./finding";
import { Handshake, Shown } from "./handshake";

/** What a port is held against. */
export interface ExpectedCertificate {
  /** The names that the certificate has to be for. @default that of the address */
  names?: readonly string[];
  /** The authorities that clients trust, PEM. @default those that Node.js brings, which are Mozilla's */
  authorities?: readonly string[];
  /**
   * Fewest days that it has left.
   * @default a sixth of its time: who renews with a third left has failed for long by then
   * @example 14
   */
  leastDays?: number;
  /** @default the present */
  now?: Date;
}

/** Versions that nobody is to speak (RFC 8996). */
const oldVersions: readonly SecureVersion[] = ["TLSv1", "TLSv1.1"];

const dayMs = 24 * 3_600_000;

/**
 * Begins TLS with a port as often as it takes, and says what is wrong with what it presents: a certificate that is not valid now or
 * soon, is for other names, leads to no authority that is trusted, or has a key or signature that browsers refuse; a missing
 * word of the authority where the certificate promises one; versions of TLS that are broken, or none of today's.
 *
 * @param url the address, by its name, e.g. `https://www.example.com:9988/`
 */
export async function probeCertificate(
  begin: Handshake,
  url: string,
  expected: ExpectedCertificate = {},
): Promise<Finding[]> {
  const name = new URL(url).hostname.replace(/^\[|\]$/g, "");
  const found = [...(await versionFaults(begin, name))];
  const shown = await begin({ name });
  if (shown?.chain[0]) found.push(...certificateFaults(shown, name, expected));
  return found.map(([reason, fix]) => ({ url, reason, fix }));
}

/** What is wrong, and what to do about it. */
type Fault = [reason: string, fix: string];

async function versionFaults(begin: Handshake, name: string): Promise<Fault[]> {
  const faults: Fault[] = [];
  for (const version of oldVersions)
    if (await begin({ name, version })) faults.push([`speaks ${version}`, "let it speak TLS 1.2 and 1.3 alone"]);
  if (await begin({ name, version: "TLSv1.3" })) return faults;
  const speaksOlder = (await begin({ name, version: "TLSv1.2" })) !== undefined;
  const reason = speaksOlder ? "does not speak TLS 1.3" : "speaks neither TLS 1.2 nor 1.3";
  return [...faults, [reason, "let it speak both"]];
}

function certificateFaults({ chain, stapled }: Shown, name: string, expected: ExpectedCertificate): Fault[] {
  const { names = [name], authorities = rootCertificates, now = new Date() } = expected;
  const [leaf, ...issuers] = chain.map((raw) => new X509Certificate(raw)) as [X509Certificate, ...X509Certificate[]];
  const last = issuers.at(-1) ?? leaf;
  const authority = findAuthority(last, authorities);
  return [
    ...pemFaults(leaf, issuers.length || !authority || isSame(authority, leaf) ? issuers : [authority], names, now),
    ...(authority || isIncomplete(leaf, issuers) ? [] : [untrusted(last)]),
    ...expiryFaults(leaf, expected.leastDays, now),
    ...(serverKeys.takes(leaf.publicKey)
      ? []
      : [[`its key ${serverKeys.refusal.reason}`, serverKeys.refusal.fix] as Fault]),
    ...[leaf, ...issuers].flatMap(signatureFaults),
    ...(promisesStaple(leaf) && !stapled
      ? [
          [
            "its certificate promises a word of its authority (OCSP), which is not there",
            "let the server staple it, or ask for a certificate without must-staple",
          ] as Fault,
        ]
      : []),
  ];
}

/** The checks that files pass before they come onto a host. */
function pemFaults(
  leaf: X509Certificate,
  issuers: readonly X509Certificate[],
  names: readonly string[],
  now: Date,
): Fault[] {
  const problems: Problem[] = [];
  const chain = issuers.map((issuer) => issuer.toString()).join("\n");
  const pem = { certificate: leaf.toString(), ...(chain && { chain }) };
  checkPem(pem, names, now, new Report("", problems));
  return problems.map(({ path, reason, fix }) => [`its ${path} ${reason}`, fix]);
}

/** Which authority has signed a certificate, or is it. */
function findAuthority(certificate: X509Certificate, authorities: readonly string[]): X509Certificate | undefined {
  return authorities
    .map((pem) => new X509Certificate(pem))
    .find(
      (authority) =>
        isSame(authority, certificate) ||
        (certificate.checkIssued(authority) && certificate.verify(authority.publicKey)),
    );
}

const isSame = (one: X509Certificate, other: X509Certificate): boolean => one.fingerprint256 === other.fingerprint256;

/** Whether nothing was sent that leads from the certificate to anybody, which is said of the chain. */
const isIncomplete = (leaf: X509Certificate, issuers: readonly X509Certificate[]): boolean =>
  issuers.length === 0 && !leaf.checkIssued(leaf);

function untrusted(last: X509Certificate): Fault {
  const who = JSON.stringify(last.issuer.replaceAll("\n", ", "));
  return [`its chain ends at ${who}, which is not trusted`, "let an authority sign it that clients trust"];
}

function expiryFaults({ validFrom, validTo }: X509Certificate, leastDays: number | undefined, now: Date): Fault[] {
  const end = Date.parse(validTo);
  const left = end - now.getTime();
  const least = leastDays === undefined ? (end - Date.parse(validFrom)) / 6 : leastDays * dayMs;
  if (left <= 0 || left >= least) return []; // one that has ended is said already
  return [[`its certificate ends in ${Math.floor(left / dayMs)} days`, "renew it; find out why that was not done"]];
}

/** Nobody looks at the signature that an authority has made under itself. */
function signatureFaults(certificate: X509Certificate): Fault[] {
  const digest = certificate.checkIssued(certificate) ? undefined : forgeableDigest(certificate);
  if (digest === undefined) return [];
  const who = JSON.stringify(certificate.subject.replaceAll("\n", ", "));
  return [[`the certificate of ${who} is signed over ${digest}, which can be forged`, "have it signed over SHA-256"]];
}

/** TLS feature `status_request` (RFC 7633): browsers refuse the certificate without the staple. */
const mustStaple = Buffer.from("06082b06010505070118", "hex");

const promisesStaple = ({ raw }: X509Certificate): boolean => raw.includes(mustStaple);
