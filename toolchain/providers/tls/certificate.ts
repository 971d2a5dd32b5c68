import type { Extension, JsonGeneralName, X509Certificate } from "@peculiar/x509";
import { createHash, createPublicKey, type KeyObject, randomBytes } from "node:crypto";

import type { PropertyMap } from "../property/value";
import { algorithmOf, curveOf } from "./key-algorithms";
import { extendedKeyUsages, keyUsages } from "./key-usages";
import { signerOf } from "./signing";
import { type X509Library, x509Library } from "./x509-library";

/** What a certificate says, and who signs it. */
export interface CertificateRequest {
  /** The subject in DER; an empty name is allowed when there are alternative names. */
  readonly subject: ArrayBuffer;
  /** The issuer in DER. */
  readonly issuer: ArrayBuffer;
  readonly alternativeNames: JsonGeneralName[];
  readonly publicKey: KeyObject;
  readonly signingKey: KeyObject;
  /** Key identifier of the issuer in hexadecimal digits, when the certificate is to carry it. */
  readonly authorityKeyId?: string;
  /** The inputs that self-signed and locally signed certificates share. */
  readonly inputs: PropertyMap;
}

/** `maxPathLength` when there is no limit. */
const noPathLimit = -1;

/** A certificate's inputs with the values that the ones not given have. */
export function issuingInputs(inputs: PropertyMap): PropertyMap {
  const defaults = { earlyRenewalHours: 0, isCaCertificate: false, maxPathLength: noPathLimit, setSubjectKeyId: false };
  return { ...defaults, ...inputs };
}

/** Makes a certificate; what is returned are the resource's id and the outputs that come of it. */
export async function issueCertificate(
  request: CertificateRequest,
  now = new Date(),
): Promise<{ id: string; outputs: PropertyMap }> {
  const library = await x509Library();
  // Certificates know whole seconds.
  const start = new Date(Math.floor(now.getTime() / 1000) * 1000);
  const end = new Date(start.getTime() + (request.inputs["validityPeriodHours"] as number) * 3_600_000);
  const serialNumber = newSerialNumber();
  const signer = signerOf(request.signingKey);
  const certificate = await library.X509CertificateGenerator.create(
    {
      serialNumber: serialNumber.toString("hex"),
      subject: new library.Name(request.subject),
      issuer: new library.Name(request.issuer),
      notBefore: start,
      notAfter: end,
      publicKey: request.publicKey.export({ format: "der", type: "spki" }),
      signingKey: signer.privateKey,
      extensions: extensions(library, request),
    },
    signer.crypto,
  );
  const outputs = {
    ...issuingInputs(request.inputs),
    certPem: `${certificate.toString("pem")}\n`,
    readyForRenewal: false,
    validityStartTime: timestamp(start),
    validityEndTime: timestamp(end),
  };
  return { id: BigInt(`0x${serialNumber.toString("hex")}`).toString(), outputs };
}

/** Key identifier of a public key in hexadecimal digits: SHA-1 of its bits (RFC 5280, section 4.2.1.2, first way). */
export function keyIdentifier(key: KeyObject): string {
  return createHash("sha1").update(keyBits(key)).digest("hex");
}

/** Key identifier that a certificate carries for its own key; undefined when it carries none. */
export function subjectKeyId(library: X509Library, certificate: X509Certificate): string | undefined {
  return certificate.getExtension(library.SubjectKeyIdentifierExtension)?.keyId;
}

/** Whether a distinguished name in DER has no part: then it is only a sequence's tag and its length, 0. */
export function isEmptyName(name: ArrayBuffer): boolean {
  return name.byteLength <= 2;
}

/** The order is that of Go's x509; criticality follows RFC 5280. */
function extensions(library: X509Library, request: CertificateRequest): Extension[] {
  const { inputs } = request;
  const uses = inputs["allowedUses"] as string[];
  const [flags, oids] = [keyUsages(uses), extendedKeyUsages(uses)];
  const isCa = inputs["isCaCertificate"] === true;
  const pathLength = (inputs["maxPathLength"] as number | undefined) ?? noPathLimit;
  const noSubject = isEmptyName(request.subject);
  return [
    ...(flags ? [new library.KeyUsagesExtension(flags, true)] : []),
    ...(oids.length > 0 ? [new library.ExtendedKeyUsageExtension(oids)] : []),
    new library.BasicConstraintsExtension(isCa, isCa && pathLength > noPathLimit ? pathLength : undefined, true),
    ...(isCa || inputs["setSubjectKeyId"] === true
      ? [new library.SubjectKeyIdentifierExtension(keyIdentifier(request.publicKey))]
      : []),
    ...(request.authorityKeyId === undefined
      ? []
      : [new library.AuthorityKeyIdentifierExtension(request.authorityKeyId)]),
    ...(request.alternativeNames.length > 0
      ? [new library.SubjectAlternativeNameExtension(request.alternativeNames, noSubject)]
      : []),
  ];
}

/** 127 random bits, so that the number is positive in 16 bytes; RFC 5280 allows 20. */
function newSerialNumber(): Buffer {
  const number = randomBytes(16);
  number[0] = ((number[0] as number) & 0x7f) | 0x40;
  return number;
}

function timestamp(time: Date): string {
  return time.toISOString().replace(/\.\d+Z$/, "Z");
}

/** Bytes of an uncompressed point on each curve. */
const pointBytes = { P224: 57, P256: 65, P384: 97, P521: 133 };

/** The content of the key's bit string, which stands at the end of SubjectPublicKeyInfo. */
function keyBits(key: KeyObject): Buffer {
  const publicKey = key.type === "private" ? createPublicKey(key) : key;
  if (algorithmOf(publicKey) === "RSA") return publicKey.export({ format: "der", type: "pkcs1" });
  const length = algorithmOf(publicKey) === "ECDSA" ? pointBytes[curveOf(publicKey)] : 32;
  return publicKey.export({ format: "der", type: "spki" }).subarray(-length);
}
