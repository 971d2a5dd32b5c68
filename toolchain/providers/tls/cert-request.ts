import type { Failure } from "../check";
import type { PropertyMap } from "../property/value";
import type { Created, Resource } from "../provider";
import { algorithmOf } from "./key-algorithms";
import { sha1 } from "./keys";
import { keyInput } from "./read-input";
import { signerOf } from "./signing";
import { distinguishedName } from "./subject";
import { alternativeNames, checkNames } from "./subject-names";
import { certRequestTable } from "./tables";
import { x509Library } from "./x509-library";

/** `tls:index/certRequest:CertRequest`: a request that a certificate authority can sign. */
export const certRequest: Resource = {
  table: certRequestTable,

  check(inputs: PropertyMap): Failure[] {
    return checkNames(inputs);
  },

  async create(inputs: PropertyMap): Promise<Created> {
    const key = keyInput(inputs, "privateKeyPem");
    const library = await x509Library();
    const names = alternativeNames(inputs);
    const signer = signerOf(key);
    const request = await library.Pkcs10CertificateRequestGenerator.create(
      {
        name: distinguishedName(library, inputs["subject"] as PropertyMap | undefined),
        signingAlgorithm: signer.privateKey.algorithm,
        keys: { privateKey: signer.privateKey, publicKey: signer.publicKey },
        extensions: names.length > 0 ? [new library.SubjectAlternativeNameExtension(names)] : [],
      },
      signer.crypto,
    );
    const outputs = { ...inputs, keyAlgorithm: algorithmOf(key), certRequestPem: `${request.toString("pem")}\n` };
    return { id: sha1(Buffer.from(request.rawData)), outputs };
  },
};
