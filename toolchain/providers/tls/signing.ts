import { createPublicKey, type KeyObject, sign, type webcrypto } from "node:crypto";

import { algorithmOf, curveFacts, curveOf } from "./key-algorithms";

/** What the x509 library needs to sign by a key. */
export interface Signer {
  readonly crypto: Crypto;
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
}

type Crypto = webcrypto.Crypto;
type CryptoKey = webcrypto.CryptoKey;

/** Bytes of each of an ECDSA signature's two numbers, where the x509 library does not know the curve. */
const defaultNumberBytes = 32;

/**
 * Lets the x509 library sign by a key of node:crypto. The library works with WebCrypto, which has no curve P-224 (the
 * default of `PrivateKey`); of WebCrypto it calls, to make things, only the two functions that are here.
 */
export function signerOf(key: KeyObject): Signer {
  const algorithm = signingAlgorithm(key);
  const subtle = {
    exportKey: async () => arrayBuffer(createPublicKey(key).export({ format: "der", type: "spki" })),
    sign: async (_algorithm: object, _key: object, content: ArrayBuffer) => arrayBuffer(signature(key, content)),
  };
  const handle = { algorithm } as unknown as CryptoKey;
  return { crypto: { subtle } as unknown as Crypto, privateKey: handle, publicKey: handle };
}

/** The algorithm of signatures by a key, as WebCrypto names it. Go's x509 chooses hashes the same way. */
function signingAlgorithm(key: KeyObject): { name: string; hash?: string; namedCurve?: string } {
  switch (algorithmOf(key)) {
    case "RSA":
      return { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };
    case "ECDSA": {
      const curve = curveOf(key);
      return { name: "ECDSA", hash: curveFacts[curve].hash, namedCurve: curve.replace("P", "P-") };
    }
    case "ED25519":
      return { name: "Ed25519" };
  }
}

function signature(key: KeyObject, content: ArrayBuffer): Buffer {
  const hash = signingAlgorithm(key).hash?.replace("-", "").toLowerCase() ?? null;
  const made = sign(hash, Buffer.from(content), { key, dsaEncoding: "ieee-p1363" });
  if (algorithmOf(key) !== "ECDSA" || curveOf(key) !== "P224") return made;
  const half = made.length / 2;
  const padding = Buffer.alloc(defaultNumberBytes - half);
  return Buffer.concat([padding, made.subarray(0, half), padding, made.subarray(half)]);
}

function arrayBuffer(content: Buffer): ArrayBuffer {
  return content.buffer.slice(content.byteOffset, content.byteOffset + content.byteLength) as ArrayBuffer;
}
