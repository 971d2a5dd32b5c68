import type { Definition } from "../definition";
import { arn, newIamId } from "../identifiers";
import { byDefault, computed, text, textMap } from "../properties";
import { forceNew } from "../replacement";

/** `aws:iam/instanceProfile:InstanceProfile`: what hands a role to an instance. */
export const instanceProfile: Definition = {
  table: {
    inputs: { name: text, namePrefix: text, path: byDefault("/", text), role: text, tags: textMap },
    outputs: {
      arn: computed(text),
      createDate: computed(text),
      tagsAll: computed(textMap),
      uniqueId: computed(text),
    },
    filledIn: ["name", "namePrefix"],
  },
  replacement: forceNew("internal/service/iam/instance_profile.go", "name", "namePrefix", "path"),
  autonaming: { property: "name", prefixProperty: "namePrefix", maxLength: 255 },

  create(inputs, { account }) {
    const name = (inputs["name"] as string | undefined) ?? `${String(inputs["namePrefix"])}${Date.now()}`;
    const outputs = {
      arn: arn("iam", `instance-profile${String(inputs["path"])}${name}`, account),
      createDate: new Date().toISOString(),
      name,
      namePrefix: "",
      uniqueId: newIamId("AIPA"),
    };
    return { id: name, outputs };
  },
};
