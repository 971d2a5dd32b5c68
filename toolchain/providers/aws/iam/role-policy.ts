import type { Definition } from "../definition";
import { document, required, text } from "../properties";
import { forceNew } from "../replacement";

/** `aws:iam/rolePolicy:RolePolicy`: a policy that is part of a role. */
export const rolePolicy: Definition = {
  table: {
    inputs: { name: text, namePrefix: text, policy: required(document), role: required(text) },
    outputs: {},
    filledIn: ["name", "namePrefix"],
  },
  replacement: forceNew("internal/service/iam/role_policy.go", "name", "namePrefix", "role"),
  autonaming: { property: "name", prefixProperty: "namePrefix", maxLength: 255 },
  documents: ["policy"],

  create(inputs) {
    const name = (inputs["name"] as string | undefined) ?? `${String(inputs["namePrefix"])}${Date.now()}`;
    return { id: `${String(inputs["role"])}:${name}`, outputs: { name, namePrefix: "" } };
  },
};
