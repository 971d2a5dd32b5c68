import type { Definition } from "../definition";
import { arn, newIamId } from "../identifiers";
import { byDefault, computed, document, flag, integer, objects, required, text, textMap, texts } from "../properties";
import { forceNew } from "../replacement";

/** `aws:iam/role:Role`. */
export const role: Definition = {
  table: {
    inputs: {
      assumeRolePolicy: required(document),
      description: text,
      forceDetachPolicies: byDefault(false, flag),
      inlinePolicies: objects({ name: text, policy: text }),
      managedPolicyArns: texts,
      maxSessionDuration: byDefault(3600, integer),
      name: text,
      namePrefix: text,
      path: byDefault("/", text),
      permissionsBoundary: text,
      tags: textMap,
    },
    outputs: {
      arn: computed(text),
      createDate: computed(text),
      tagsAll: computed(textMap),
      uniqueId: computed(text),
    },
    filledIn: ["inlinePolicies", "managedPolicyArns", "name", "namePrefix"],
  },
  replacement: forceNew("internal/service/iam/role.go", "name", "namePrefix", "path"),
  autonaming: { property: "name", prefixProperty: "namePrefix", maxLength: 64 },
  sets: ["managedPolicyArns"],
  documents: ["assumeRolePolicy"],

  create(inputs, { account }) {
    const name = (inputs["name"] as string | undefined) ?? `${String(inputs["namePrefix"])}${Date.now()}`;
    const outputs = {
      arn: arn("iam", `role${String(inputs["path"])}${name}`, account),
      createDate: new Date().toISOString(),
      inlinePolicies: [],
      managedPolicyArns: [],
      name,
      namePrefix: "",
      uniqueId: newIamId("AROA"),
    };
    return { id: name, outputs };
  },
};
