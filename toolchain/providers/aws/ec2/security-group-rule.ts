import type { PropertyMap } from "../../property/value";
import type { Definition } from "../definition";
import { arn, newId } from "../identifiers";
import { computed, integer, required, text, textMap } from "../properties";
import { byRegion, type Change, type ReplacementRow, requiresReplace } from "../replacement";

/** The inputs that say who is at the other end; a rule has exactly one of them. */
const peers = ["cidrIpv4", "cidrIpv6", "prefixListId", "referencedSecurityGroupId"];

/**
 * `aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule` and `aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule`:
 * they differ in nothing but their direction.
 */
export const securityGroupRule: Definition = {
  table: {
    inputs: {
      cidrIpv4: text,
      cidrIpv6: text,
      description: text,
      fromPort: integer,
      ipProtocol: required(text),
      prefixListId: text,
      referencedSecurityGroupId: text,
      region: text,
      securityGroupId: required(text),
      tags: textMap,
      toPort: integer,
    },
    outputs: { arn: computed(text), securityGroupRuleId: computed(text), tagsAll: computed(textMap) },
    filledIn: ["region"],
  },
  replacement: [
    ...requiresReplace("internal/service/ec2/vpc_security_group_ingress_rule.go", "securityGroupId"),
    ...peers.map((path): ReplacementRow => ({
      path,
      source: "internal/service/ec2/vpc_security_group_ingress_rule.go ModifyPlan: another kind of source",
      when: ({ before, after }: Change) => kindOfPeer(before) !== kindOfPeer(after),
    })),
    byRegion,
  ],

  check(inputs) {
    const given = peers.filter((name) => (inputs[name] ?? null) !== null);
    if (given.length === 1) return [];
    const found = given.length === 0 ? "none" : given.join(" and ");
    return [{ property: "", reason: `exactly one of ${peers.join(", ")} has to be given, and ${found} is` }];
  },

  create(_inputs, { account, region }) {
    const id = newId("sgr");
    const outputs = {
      arn: arn("ec2", `security-group-rule/${id}`, account, region),
      securityGroupRuleId: id,
    };
    return { id, outputs };
  },
};

function kindOfPeer(inputs: PropertyMap): string | undefined {
  return peers.find((name) => (inputs[name] ?? null) !== null);
}
