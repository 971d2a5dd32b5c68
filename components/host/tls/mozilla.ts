import { atLeast, Guest } from "../guest";

/** TLS settings of a server, as OpenSSL names them. */
export interface TlsSettings {
  readonly protocols: readonly string[];
  /** Suites of TLS 1.2; those of 1.3 are OpenSSL's own. */
  readonly ciphers: readonly string[];
  readonly curves: readonly string[];
  /** Let the server choose the suite. Off: clients know whether they have fast AES. */
  readonly preferServerCiphers: boolean;
  /** Sessions kept for resumption, in MiB (about 4,000 each). */
  readonly sessionCacheMiB: number;
  readonly sessionSeconds: number;
}

/** A curve, and the OpenSSL that first has it. */
interface Curve {
  readonly name: string;
  readonly openssl: string;
}

const curves: readonly Curve[] = [
  { name: "X25519MLKEM768", openssl: "3.5" },
  { name: "X25519", openssl: "1.1.0" },
  { name: "prime256v1", openssl: "1.0.0" },
  { name: "secp384r1", openssl: "1.0.0" },
];

/**
 * A curve as nginx and HAProxy take it. A question mark (OpenSSL 3.3 and later) leaves one out where it is not known; without it
 * they would not start. Only the hybrid ones are so new that a build may lack them.
 */
export function optionalWhereNew(curve: string): string {
  return curve.includes("MLKEM") ? `?${curve}` : curve;
}

/** Mozilla's "intermediate" settings, guideline 6.0 of April 2026, as far as the guest's OpenSSL has them. */
export function intermediate(guest: Guest): TlsSettings {
  return {
    protocols: ["TLSv1.2", "TLSv1.3"],
    ciphers: [
      "ECDHE-ECDSA-AES128-GCM-SHA256",
      "ECDHE-RSA-AES128-GCM-SHA256",
      "ECDHE-ECDSA-AES256-GCM-SHA384",
      "ECDHE-RSA-AES256-GCM-SHA384",
      "ECDHE-ECDSA-CHACHA20-POLY1305",
      "ECDHE-RSA-CHACHA20-POLY1305",
    ],
    curves: curves.filter((curve) => atLeast(guest.openssl, curve.openssl)).map((curve) => curve.name),
    preferServerCiphers: false,
    sessionCacheMiB: 10,
    sessionSeconds: 24 * 3600,
  };
}
