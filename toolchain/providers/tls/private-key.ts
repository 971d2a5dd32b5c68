import type { KeyObject } from "node:crypto";

import type { Failure } from "../check";
import type { PropertyMap } from "../property/value";
import type { Created, Resource } from "../provider";
import type { Algorithm, EcdsaCurve } from "./key-algorithms";
import { makePrivateKey, pkcs8Pem, publicKeyDer, publicKeyPem, sha1, traditionalPem } from "./keys";
import { authorizedKey, fingerprints, privateKeyFile } from "./openssh";
import { privateKeyTable } from "./tables";

/** OpenSSL makes no shorter RSA keys, and longer ones take minutes. */
const rsaBitsRange = [512, 16384] as const;

/** `tls:index/privateKey:PrivateKey`: a key that lives in the state only. */
export const privateKey: Resource = {
  table: privateKeyTable,

  check(inputs: PropertyMap): Failure[] {
    const bits = inputs["rsaBits"];
    const [least, most] = rsaBitsRange;
    return typeof bits === "number" && (bits < least || bits > most)
      ? [{ property: "rsaBits", reason: `is ${bits}, and has to be from ${least} to ${most}` }]
      : [];
  },

  async create(inputs: PropertyMap): Promise<Created> {
    const request = {
      algorithm: inputs["algorithm"] as Algorithm,
      rsaBits: (inputs["rsaBits"] as number | undefined) ?? 2048,
      ecdsaCurve: (inputs["ecdsaCurve"] as EcdsaCurve | undefined) ?? "P224",
    };
    const key = await makePrivateKey(request);
    const outputs = {
      ...request,
      privateKeyOpenssh: privateKeyFile(key),
      privateKeyPem: traditionalPem(key),
      privateKeyPemPkcs8: pkcs8Pem(key),
      ...publicKeyOutputs(key),
    };
    return { id: sha1(publicKeyDer(key)), outputs };
  },
};

/** The outputs that are about the public key. */
export function publicKeyOutputs(key: KeyObject): PropertyMap {
  const { md5, sha256 } = fingerprints(key);
  return {
    publicKeyFingerprintMd5: md5,
    publicKeyFingerprintSha256: sha256,
    publicKeyOpenssh: authorizedKey(key),
    publicKeyPem: publicKeyPem(key),
  };
}
