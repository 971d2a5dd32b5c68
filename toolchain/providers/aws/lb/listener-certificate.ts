import type { Definition } from "../definition";
import { required, text } from "../properties";
import { byRegion, forceNew } from "../replacement";

/** `aws:lb/listenerCertificate:ListenerCertificate`: a certificate beside a listener's own. */
export const listenerCertificate: Definition = {
  table: {
    inputs: { certificateArn: required(text), listenerArn: required(text), region: text },
    outputs: {},
    filledIn: ["region"],
  },
  replacement: [
    ...forceNew("internal/service/elbv2/listener_certificate.go", "certificateArn", "listenerArn"),
    byRegion,
  ],

  create: ({ listenerArn, certificateArn }) => ({
    id: `${String(listenerArn)}_${String(certificateArn)}`,
    outputs: {},
  }),
};
