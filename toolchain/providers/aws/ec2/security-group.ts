import type { Definition } from "../definition";
import { arn, newId } from "../identifiers";
import { byDefault, computed, flag, integer, objects, required, text, textMap, texts } from "../properties";
import { byRegion, forceNew } from "../replacement";

const rules = objects({
  cidrBlocks: texts,
  description: text,
  fromPort: required(integer),
  ipv6CidrBlocks: texts,
  prefixListIds: texts,
  protocol: required(text),
  securityGroups: texts,
  self: flag,
  toPort: required(integer),
});

/** `aws:ec2/securityGroup:SecurityGroup`. */
export const securityGroup: Definition = {
  table: {
    inputs: {
      description: byDefault("Managed by Pulumi", text),
      egress: rules,
      ingress: rules,
      name: text,
      namePrefix: text,
      region: text,
      revokeRulesOnDelete: byDefault(false, flag),
      tags: textMap,
      vpcId: text,
    },
    outputs: { arn: computed(text), ownerId: computed(text), tagsAll: computed(textMap) },
    filledIn: ["egress", "ingress", "name", "namePrefix", "region", "vpcId"],
  },
  replacement: [
    ...forceNew("internal/service/ec2/vpc_security_group.go", "description", "name", "namePrefix", "vpcId"),
    byRegion,
  ],
  autonaming: { property: "name", prefixProperty: "namePrefix", maxLength: 255 },
  sets: ["egress", "ingress"],

  create(inputs, { account, region }) {
    const id = newId("sg");
    const outputs = {
      arn: arn("ec2", `security-group/${id}`, account, region),
      egress: [],
      ingress: [],
      name: inputs["name"] ?? `${String(inputs["namePrefix"])}${Date.now()}`,
      namePrefix: "",
      ownerId: account.id,
      vpcId: account.vpcId,
    };
    return { id, outputs };
  },
};

/** `aws:ec2/defaultSecurityGroup:DefaultSecurityGroup`: the group that a network comes with, less its rules. */
export const defaultSecurityGroup: Definition = {
  table: {
    inputs: {
      egress: rules,
      ingress: rules,
      region: text,
      revokeRulesOnDelete: byDefault(false, flag),
      tags: textMap,
      vpcId: text,
    },
    outputs: {
      arn: computed(text),
      description: computed(text),
      name: computed(text),
      namePrefix: computed(text),
      ownerId: computed(text),
      tagsAll: computed(textMap),
    },
    filledIn: ["egress", "ingress", "region", "vpcId"],
  },
  replacement: [...forceNew("internal/service/ec2/vpc_default_security_group.go", "vpcId"), byRegion],
  sets: ["egress", "ingress"],

  create(_inputs, { account, region }) {
    const id = newId("sg");
    const outputs = {
      arn: arn("ec2", `security-group/${id}`, account, region),
      description: "default VPC security group",
      egress: [],
      ingress: [],
      name: "default",
      namePrefix: "",
      ownerId: account.id,
      vpcId: account.vpcId,
    };
    return { id, outputs };
  },
};
