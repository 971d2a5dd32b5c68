import type { X509Certificate } from "node:crypto";

/** Signatures over digests that can be forged, as DER has their object identifiers (RFC 3279). */
const forgeable: Readonly<Record<string, string>> = {
  "2a864886f70d010102": "MD2",
  "2a864886f70d010104": "MD5",
  "2a864886f70d010105": "SHA-1",
  "2a8648ce3d0401": "SHA-1",
  "2a8648ce380403": "SHA-1",
};

/** The digest of a certificate's signature where it is one that can be forged. Node.js 20 does not tell of it. */
export function forgeableDigest({ raw }: X509Certificate): string | undefined {
  const whole = valueAt(raw, 0); // what is signed, how, and the signature (RFC 5280, 4.1)
  const algorithm = valueAt(raw, valueAt(raw, whole.start).end);
  const identifier = valueAt(raw, algorithm.start);
  return forgeable[raw.toString("hex", identifier.start, identifier.end)];
}

/** Where the value begins and ends whose tag is at a place of DER. */
function valueAt(der: Buffer, at: number): { start: number; end: number } {
  const first = der[at + 1]!;
  const bytes = first < 0x80 ? 0 : first & 0x7f;
  const length = bytes === 0 ? first : der.readUIntBE(at + 2, bytes);
  const start = at + 2 + bytes;
  return { start, end: start + length };
}
