import type { KeyObject } from "node:crypto";

/** Kinds of keys, by the names that the published package has for them. */
export const algorithms = ["RSA", "ECDSA", "ED25519"] as const;
export type Algorithm = (typeof algorithms)[number];

/** Elliptic curves of ECDSA keys. */
export const ecdsaCurves = ["P224", "P256", "P384", "P521"] as const;
export type EcdsaCurve = (typeof ecdsaCurves)[number];

/** What a curve is called elsewhere, and the hash that goes with its size. */
export interface CurveFacts {
  /** OpenSSL's name. */
  readonly openssl: string;
  /** OpenSSH's name (RFC 5656, section 10.1); undefined where OpenSSH does not support the curve. */
  readonly openssh?: string;
  /** The hash of signatures with the curve, as Go's x509 chooses it. */
  readonly hash: "SHA-256" | "SHA-384" | "SHA-512";
}

export const curveFacts: Readonly<Record<EcdsaCurve, CurveFacts>> = {
  P224: { openssl: "secp224r1", hash: "SHA-256" },
  P256: { openssl: "prime256v1", openssh: "nistp256", hash: "SHA-256" },
  P384: { openssl: "secp384r1", openssh: "nistp384", hash: "SHA-384" },
  P521: { openssl: "secp521r1", openssh: "nistp521", hash: "SHA-512" },
};

/** The kind of a key; keys of other kinds, e.g. DSA or X25519, are refused. */
export function algorithmOf(key: KeyObject): Algorithm {
  switch (key.asymmetricKeyType) {
    case "rsa":
      return "RSA";
    case "ec":
      curveOf(key);
      return "ECDSA";
    case "ed25519":
      return "ED25519";
    default:
      throw new Error(`is a key of type ${key.asymmetricKeyType}, and has to be one of ${algorithms.join(", ")}`);
  }
}

/** The curve of an ECDSA key. */
export function curveOf(key: KeyObject): EcdsaCurve {
  const name = key.asymmetricKeyDetails?.namedCurve;
  const curve = ecdsaCurves.find((candidate) => curveFacts[candidate].openssl === name);
  if (curve) return curve;
  throw new Error(`has the elliptic curve ${name}, and has to have one of ${ecdsaCurves.join(", ")}`);
}
