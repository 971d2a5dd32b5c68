import type { Definition } from "../definition";
import { arn } from "../identifiers";
import { byDefault, computed, required, text, textMap, texts } from "../properties";
import { byRegion, forceNew } from "../replacement";

/** `aws:elasticache/subnetGroup:SubnetGroup`. */
export const subnetGroup: Definition = {
  table: {
    inputs: {
      description: byDefault("Managed by Pulumi", text),
      name: text,
      region: text,
      subnetIds: required(texts),
      tags: textMap,
    },
    outputs: { arn: computed(text), tagsAll: computed(textMap), vpcId: computed(text) },
    filledIn: ["name", "region"],
  },
  replacement: [...forceNew("internal/service/elasticache/subnet_group.go", "name"), byRegion],
  autonaming: { property: "name", maxLength: 255 },
  sets: ["subnetIds"],

  create(inputs, { account, region }) {
    const id = String(inputs["name"]).toLowerCase();
    return { id, outputs: { arn: arn("elasticache", `subnetgroup:${id}`, account, region), vpcId: account.vpcId } };
  },
};
