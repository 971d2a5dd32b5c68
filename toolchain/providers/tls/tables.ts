import type { FunctionTable, Output, Property, PropertyTable, ResourceTable } from "../table";
import { algorithms, ecdsaCurves } from "./key-algorithms";
import { usages } from "./key-usages";

// The published schema says nothing about replacement, because it is generated from a Terraform provider. There every
// input but `early_renewal_hours` is marked as one that a new resource is needed for (hashicorp/terraform-provider-tls).
const replaces = true;

const texts: Property = { type: { list: "string" }, replaces };
const pem: Property = { type: "string", required: true, replaces };
const secretPem: Property = { ...pem, secret: true };
const flag: Property = { type: "boolean", replaces };
const output: Output = { type: "string", required: true, keptOnUpdate: true };
const secretOutput: Output = { ...output, secret: true };

/** Parts of a certificate's subject. */
const subject: Property = {
  type: {
    object: {
      commonName: { type: "string" },
      country: { type: "string" },
      emailAddress: { type: "string" },
      locality: { type: "string" },
      organization: { type: "string" },
      organizationalUnit: { type: "string" },
      postalCode: { type: "string" },
      province: { type: "string" },
      serialNumber: { type: "string" },
      streetAddresses: { type: { list: "string" } },
    },
  },
  replaces,
};

const names: PropertyTable = { dnsNames: texts, ipAddresses: texts, uris: texts, subject };

const issuing: PropertyTable = {
  allowedUses: { type: { list: { choices: usages } }, required: true, replaces },
  earlyRenewalHours: { type: "integer" },
  isCaCertificate: flag,
  maxPathLength: { type: "integer", replaces },
  setSubjectKeyId: flag,
  validityPeriodHours: { type: "integer", required: true, replaces },
};

const issued: Readonly<Record<string, Output>> = {
  certPem: output,
  readyForRenewal: { type: "boolean", required: true },
  validityEndTime: output,
  validityStartTime: output,
};

const publicKeyOutputs = {
  publicKeyFingerprintMd5: output,
  publicKeyFingerprintSha256: output,
  publicKeyOpenssh: output,
  publicKeyPem: output,
};

/** `tls:index/privateKey:PrivateKey`. */
export const privateKeyTable: ResourceTable = {
  inputs: {
    algorithm: { type: { choices: algorithms }, required: true, replaces },
    ecdsaCurve: { type: { choices: ecdsaCurves }, replaces },
    rsaBits: { type: "integer", replaces },
  },
  outputs: {
    privateKeyOpenssh: secretOutput,
    privateKeyPem: secretOutput,
    privateKeyPemPkcs8: secretOutput,
    ...publicKeyOutputs,
  },
  filledIn: ["ecdsaCurve", "rsaBits"],
};

/** `tls:index/certRequest:CertRequest`. */
export const certRequestTable: ResourceTable = {
  inputs: { ...names, privateKeyPem: secretPem },
  outputs: { certRequestPem: output, keyAlgorithm: output },
};

/** `tls:index/selfSignedCert:SelfSignedCert`. */
export const selfSignedCertTable: ResourceTable = {
  inputs: { ...names, ...issuing, privateKeyPem: secretPem, setAuthorityKeyId: flag },
  outputs: { ...issued, keyAlgorithm: output },
  filledIn: ["earlyRenewalHours", "isCaCertificate", "maxPathLength", "setAuthorityKeyId", "setSubjectKeyId"],
};

/** `tls:index/locallySignedCert:LocallySignedCert`. */
export const locallySignedCertTable: ResourceTable = {
  inputs: { ...issuing, caCertPem: pem, caPrivateKeyPem: secretPem, certRequestPem: pem },
  outputs: { ...issued, caKeyAlgorithm: output },
  filledIn: ["earlyRenewalHours", "isCaCertificate", "maxPathLength", "setSubjectKeyId"],
};

/** `tls:index/getPublicKey:getPublicKey`. */
export const getPublicKeyTable: FunctionTable = {
  inputs: {
    privateKeyOpenssh: { type: "string", secret: true },
    privateKeyPem: { type: "string", secret: true },
  },
  outputs: { algorithm: output, id: output, ...publicKeyOutputs },
};
