import type { Definition } from "../definition";
import { arn } from "../identifiers";
import { byDefault, computed, objects, required, text, textMap } from "../properties";
import { byRegion, forceNew } from "../replacement";

/** `aws:elasticache/parameterGroup:ParameterGroup`. */
export const parameterGroup: Definition = {
  table: {
    inputs: {
      description: byDefault("Managed by Pulumi", text),
      family: required(text),
      name: text,
      parameters: objects({ name: required(text), value: required(text) }),
      region: text,
      tags: textMap,
    },
    outputs: { arn: computed(text), tagsAll: computed(textMap) },
    filledIn: ["name", "region"],
  },
  replacement: [
    ...forceNew("internal/service/elasticache/parameter_group.go", "description", "family", "name"),
    byRegion,
  ],
  autonaming: { property: "name", maxLength: 255 },
  sets: ["parameters"],

  create(inputs, { account, region }) {
    const id = String(inputs["name"]).toLowerCase();
    return { id, outputs: { arn: arn("elasticache", `parametergroup:${id}`, account, region) } };
  },
};
