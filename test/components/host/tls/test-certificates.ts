import "reflect-metadata";
import { createPrivateKey, KeyObject, webcrypto } from "node:crypto";
import * as x509 from "@peculiar/x509";

/** Somebody who has a certificate. */
export interface Holder {
  /** PEM. */
  certificate: string;
  /** PEM. */
  privateKey: string;
  signs: { certificate: x509.X509Certificate; keys: webcrypto.CryptoKeyPair };
}

export interface Wish {
  subject: string;
  /** @default signed by itself */
  issuer?: Holder;
  names?: string[];
  /** @default an hour ago */
  notBefore?: Date;
  /** @default in a day */
  notAfter?: Date;
  /** Bits of an RSA key. @default a key on the curve P-256 */
  rsaBits?: number;
  /** What the signature is over. @default SHA-256 */
  digest?: "SHA-1";
  /** Promise that the server brings its authority's word (RFC 7633). @default false */
  mustStaple?: boolean;
}

const hour = 3_600_000;
const onCurve = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
/** A list with the one feature `status_request`, DER. */
const statusRequest = new Uint8Array([0x30, 0x03, 0x02, 0x01, 0x05]);
const rsa = { name: "RSASSA-PKCS1-v1_5", publicExponent: new Uint8Array([1, 0, 1]), hash: "SHA-256" };

/** Makes a key and a real certificate for it. */
export async function makeCertificate(wish: Wish): Promise<Holder> {
  const { subject, issuer, names = [], rsaBits, digest = "SHA-256", mustStaple } = wish;
  const algorithm = rsaBits === undefined ? onCurve : { ...rsa, modulusLength: rsaBits };
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  // Casts: the types of @peculiar/x509 are those of browsers, which Node.js has under other names.
  const certificate = await x509.X509CertificateGenerator.create(
    {
      subject: `CN=${subject}`,
      issuer: issuer ? issuer.signs.certificate.subject : `CN=${subject}`,
      publicKey: keys.publicKey as never,
      signingKey: (issuer ? issuer.signs.keys.privateKey : keys.privateKey) as never,
      signingAlgorithm: { ...(issuer ? onCurve : algorithm), hash: digest },
      notBefore: wish.notBefore ?? new Date(Date.now() - hour),
      notAfter: wish.notAfter ?? new Date(Date.now() + 24 * hour),
      extensions: [
        names.length
          ? new x509.SubjectAlternativeNameExtension(names.map((value) => ({ type: "dns" as const, value })))
          : new x509.BasicConstraintsExtension(true, undefined, true),
        ...(mustStaple ? [new x509.Extension("1.3.6.1.5.5.7.1.24", false, statusRequest)] : []),
      ],
    },
    webcrypto as never,
  );
  return {
    certificate: certificate.toString("pem"),
    privateKey: pkcs8(await keyOf(keys.privateKey)).toString(),
    signs: { certificate, keys },
  };
}

/** The same key, locked with a passphrase. */
export function locked(privateKey: string): string {
  const cipher = { cipher: "aes-256-cbc", passphrase: "hunter2" };
  return createPrivateKey(privateKey)
    .export({ type: "pkcs8", format: "pem", ...cipher })
    .toString();
}

const keyOf = async (key: webcrypto.CryptoKey): Promise<KeyObject> =>
  createPrivateKey({ key: Buffer.from(await webcrypto.subtle.exportKey("pkcs8", key)), format: "der", type: "pkcs8" });

const pkcs8 = (key: KeyObject): string | Buffer => key.export({ type: "pkcs8", format: "pem" });
