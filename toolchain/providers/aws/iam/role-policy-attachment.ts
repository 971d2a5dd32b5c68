import type { Definition } from "../definition";
import { required, text } from "../properties";
import { forceNew } from "../replacement";

/** `aws:iam/rolePolicyAttachment:RolePolicyAttachment`: a managed policy that a role has. */
export const rolePolicyAttachment: Definition = {
  table: { inputs: { policyArn: required(text), role: required(text) }, outputs: {} },
  replacement: forceNew("internal/service/iam/role_policy_attachment.go", "policyArn", "role"),
  // A new attachment of the same policy would be the old one, and be deleted with it.
  deletesFirst: true,

  create(inputs) {
    return { id: `${String(inputs["role"])}/${String(inputs["policyArn"])}`, outputs: {} };
  },
};
