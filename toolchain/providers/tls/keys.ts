import { createHash, createPrivateKey, createPublicKey, generateKeyPair, type KeyObject } from "node:crypto";
import { promisify } from "node:util";

import { type Algorithm, curveFacts, type EcdsaCurve } from "./key-algorithms";

const generate = promisify(generateKeyPair) as (type: string, options: object) => Promise<{ privateKey: KeyObject }>;

/** What a new key is like. */
export interface KeyRequest {
  readonly algorithm: Algorithm;
  readonly rsaBits: number;
  readonly ecdsaCurve: EcdsaCurve;
}

/** Makes a private key. */
export async function makePrivateKey(request: KeyRequest): Promise<KeyObject> {
  const { privateKey } = await {
    RSA: () => generate("rsa", { modulusLength: request.rsaBits }),
    ECDSA: () => generate("ec", { namedCurve: curveFacts[request.ecdsaCurve].openssl }),
    ED25519: () => generate("ed25519", {}),
  }[request.algorithm]();
  return privateKey;
}

/** The key in the form that its kind traditionally has: PKCS #1 for RSA, SEC 1 for ECDSA; Ed25519 has only PKCS #8. */
export function traditionalPem(key: KeyObject): string {
  const type = ({ rsa: "pkcs1", ec: "sec1" } as const)[key.asymmetricKeyType as "rsa"] ?? "pkcs8";
  return key.export({ format: "pem", type }).toString();
}

/** The key in PKCS #8, which fits all kinds. */
export function pkcs8Pem(key: KeyObject): string {
  return key.export({ format: "pem", type: "pkcs8" }).toString();
}

/** The public key of a private key. */
export function publicKeyOf(key: KeyObject): KeyObject {
  return key.type === "private" ? createPublicKey(key) : key;
}

/** The public key with its kind, in bytes (SubjectPublicKeyInfo of RFC 5280). */
export function publicKeyDer(key: KeyObject): Buffer {
  return publicKeyOf(key).export({ format: "der", type: "spki" });
}

/** The public key in PEM. */
export function publicKeyPem(key: KeyObject): string {
  return publicKeyOf(key).export({ format: "pem", type: "spki" }).toString();
}

/** SHA-1 in hexadecimal digits, which the ids of keys and requests are. */
export function sha1(content: Buffer): string {
  return createHash("sha1").update(content).digest("hex");
}

/** Reads a private key in PEM. The error does not show it. */
export function readPrivateKey(pem: string): KeyObject {
  try {
    return createPrivateKey(pem);
  } catch (error) {
    const reason = /encrypted|passphrase|interrupted|cancelled/i.test((error as Error).message)
      ? "is encrypted; decrypt it first, e.g. by `openssl pkey`"
      : "is not a private key in PEM: PKCS #1, SEC 1 or PKCS #8";
    throw new Error(reason);
  }
}
