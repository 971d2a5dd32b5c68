import type { SubjectAlternativeNameExtension } from "@peculiar/x509";
import { createPublicKey } from "node:crypto";

import type { Failure } from "../check";
import type { PropertyMap } from "../property/value";
import type { Created, Resource, Work } from "../provider";
import { issueCertificate, subjectKeyId } from "./certificate";
import { algorithmOf } from "./key-algorithms";
import { publicKeyDer } from "./keys";
import { certificateInput, keyInput, requestInput } from "./read-input";
import { checkAuthority, checkValidity } from "./renewal";
import { outdated, read, update } from "./self-signed-cert";
import { locallySignedCertTable } from "./tables";
import { x509Library } from "./x509-library";

/** OID of the extension with a certificate's alternative names (RFC 5280, section 4.2.1.6). */
const subjectAltName = "2.5.29.17";

/** `tls:index/locallySignedCert:LocallySignedCert`: a certificate for a request, signed by a certificate authority of ours. */
export const locallySignedCert: Resource = {
  table: locallySignedCertTable,

  check(inputs: PropertyMap): Failure[] {
    return [...checkValidity(inputs), ...checkAuthority(inputs)];
  },

  async create(inputs: PropertyMap, work: Work): Promise<Created> {
    const library = await x509Library();
    const request = requestInput(library, inputs, "certRequestPem");
    const authority = certificateInput(library, inputs, "caCertPem");
    const authorityKey = keyInput(inputs, "caPrivateKeyPem");
    if (!publicKeyDer(authorityKey).equals(Buffer.from(authority.publicKey.rawData))) {
      throw new Error("caPrivateKeyPem is not the key of caCertPem; nothing would trust a certificate signed by it");
    }
    if (!authority.getExtension(library.BasicConstraintsExtension)?.ca) {
      work.log(
        "warning",
        "caCertPem is not the certificate of an authority (isCaCertificate); clients may refuse what it signs",
      );
    }
    const names = request.getExtension(subjectAltName) as SubjectAlternativeNameExtension | null;
    const subject = request.subjectName.toArrayBuffer();
    const issuer = authority.subjectName.toArrayBuffer();
    const { id, outputs } = await issueCertificate({
      subject,
      issuer,
      alternativeNames: names?.names.toJSON() ?? [],
      publicKey: createPublicKey({ key: Buffer.from(request.publicKey.rawData), format: "der", type: "spki" }),
      signingKey: authorityKey,
      // A certificate that looks self-issued must not point at another key.
      authorityKeyId: Buffer.from(issuer).equals(Buffer.from(subject)) ? undefined : subjectKeyId(library, authority),
      inputs,
    });
    return { id, outputs: { ...outputs, caKeyAlgorithm: algorithmOf(authorityKey) } };
  },

  outdated,
  update,
  read,
};
