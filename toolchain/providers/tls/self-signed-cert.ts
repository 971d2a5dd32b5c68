import type { Failure } from "../check";
import type { PropertyMap } from "../property/value";
import type { Created, Existing, Resource } from "../provider";
import { isEmptyName, issueCertificate, issuingInputs, keyIdentifier } from "./certificate";
import { algorithmOf } from "./key-algorithms";
import { publicKeyOf } from "./keys";
import { keyInput } from "./read-input";
import { checkAuthority, checkValidity, readyForRenewal } from "./renewal";
import { distinguishedName } from "./subject";
import { alternativeNames, checkNames } from "./subject-names";
import { selfSignedCertTable } from "./tables";
import { x509Library } from "./x509-library";

/** `tls:index/selfSignedCert:SelfSignedCert`: a certificate signed by its own key, e.g. that of a certificate authority. */
export const selfSignedCert: Resource = {
  table: selfSignedCertTable,

  check(inputs: PropertyMap): Failure[] {
    return [...checkNames(inputs), ...checkValidity(inputs), ...checkAuthority(inputs), ...checkKeyId(inputs)];
  },

  async create(inputs: PropertyMap): Promise<Created> {
    const key = keyInput(inputs, "privateKeyPem");
    const subject = distinguishedName(
      await x509Library(),
      inputs["subject"] as PropertyMap | undefined,
    ).toArrayBuffer();
    if (inputs["isCaCertificate"] === true && isEmptyName(subject)) {
      throw new Error(
        "subject is empty, and has to have a part, e.g. commonName, for a certificate authority (RFC 5280)",
      );
    }
    const { id, outputs } = await issueCertificate({
      subject,
      issuer: subject,
      alternativeNames: alternativeNames(inputs),
      publicKey: publicKeyOf(key),
      signingKey: key,
      authorityKeyId: inputs["setAuthorityKeyId"] === true ? keyIdentifier(key) : undefined,
      inputs,
    });
    return { id, outputs: { setAuthorityKeyId: false, ...outputs, keyAlgorithm: algorithmOf(key) } };
  },

  outdated,
  update,
  read,
};

/** The output that asks for a new certificate when its time has come. */
export function outdated({ state }: Existing, inputs: PropertyMap): string[] {
  return readyForRenewal(state, inputs["earlyRenewalHours"]) ? ["readyForRenewal"] : [];
}

/** Only `earlyRenewalHours` changes in place; the certificate stays the same. */
export async function update({ state }: Existing, inputs: PropertyMap): Promise<PropertyMap> {
  return { ...state, ...issuingInputs(inputs), readyForRenewal: readyForRenewal(state, inputs["earlyRenewalHours"]) };
}

/** Time passes without a change to the inputs, so a refresh looks at the clock. */
export function read({ state }: Existing): PropertyMap {
  return readyForRenewal(state, state["earlyRenewalHours"]) ? { readyForRenewal: true } : {};
}

function checkKeyId(inputs: PropertyMap): Failure[] {
  const identified = inputs["isCaCertificate"] === true || inputs["setSubjectKeyId"] === true;
  const unknown = ["isCaCertificate", "setSubjectKeyId"].some((name) => typeof (inputs[name] ?? false) !== "boolean");
  if (inputs["setAuthorityKeyId"] !== true || identified || unknown) return [];
  return [
    {
      property: "setAuthorityKeyId",
      reason: "needs setSubjectKeyId or isCaCertificate: it repeats the subject key identifier",
    },
  ];
}
