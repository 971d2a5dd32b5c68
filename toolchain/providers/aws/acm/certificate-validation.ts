import type { Definition } from "../definition";
import { required, text, texts } from "../properties";
import { byRegion, forceNew } from "../replacement";

/** `aws:acm/certificateValidation:CertificateValidation`: makes nothing, waits until ACM has issued a certificate. */
export const certificateValidation: Definition = {
  table: {
    inputs: { certificateArn: required(text), region: text, validationRecordFqdns: texts },
    outputs: {},
    filledIn: ["region"],
  },
  replacement: [
    ...forceNew("internal/service/acm/certificate_validation.go", "certificateArn", "validationRecordFqdns"),
    byRegion,
  ],
  sets: ["validationRecordFqdns"],
  create: () => ({ id: new Date().toISOString(), outputs: {} }),
};
