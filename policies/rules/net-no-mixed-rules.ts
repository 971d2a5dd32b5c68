import { Context } from "../context";
import { Level, Severity } from "../finding";
import { isGiven, ofType, Resource, tellsGiven } from "../graph/graph";
import { perGraph } from "../graph/per-graph";
import { references } from "../graph/references";
import { Direction, Permission, permissionText } from "../network/permission";
import { groupTypes, inlinePermissions, rulePermissions, ruleTypes } from "../network/security-groups";
import { Rule } from "../rule";
import { fail, pass, unknown } from "./drafts";

/** Inline rules are the whole list: each `up` takes away what rule resources have added, and the next brings it back. */
export const netNoMixedRules: Rule<Resource> = {
  id: "net-no-mixed-rules",
  item: "ports-open",
  title: "The rules of a security group are written in one way",
  severity: Severity.Medium,
  level: Level.Mandatory,
  help:
    "A group with rules inside (ingress, egress) and rule resources beside it loses rules at every second deployment. " +
    "Write each rule as a SecurityGroupIngressRule or SecurityGroupEgressRule of its own. Rules that the provider merely " +
    "reports, because rule resources have made them, are none of the program's.",
  targets: ({ graph }: Context) => ofType(graph, ...groupTypes),
  check(group, { graph }) {
    const { byGroup, astray } = ruleResources(graph);
    const rules = byGroup.get(group) ?? [];
    const beside = new Set(rules.flatMap((rule) => rulePermissions(graph, rule)).map(named));
    const inside = inlinePermissions(graph, group).filter(
      (one) => isGiven(group, one.direction) || (!tellsGiven(group) && !beside.has(named(one))),
    );
    const isGivenInside = Object.values(Direction).some((direction) => isGiven(group, direction));
    if (inside.length === 0 && !isGivenInside) return [pass(`${group.name} has no rules inside`)];
    if (rules.length > 0) {
      const names = rules.slice(0, 3).map(({ name }) => name);
      return [
        fail(
          `${group.name} has rules inside, and ${rules.length} beside it: ${names.join(", ")}`,
          "move the rules inside into rule resources",
        ),
      ];
    }
    if (astray.length > 0)
      return [
        unknown(
          `${group.name} has rules inside, and ${astray[0]!.name} does not tell its group`,
          "give the rule its group's id",
        ),
      ];
    return [pass(`${group.name} has all its rules inside`)];
  },
};

const named = (permission: Permission): string => `${permission.direction} ${permissionText(permission)}`;

/** The rules that are resources, by their group, and those that do not tell it. */
const ruleResources = perGraph((graph) => {
  const byGroup = new Map<Resource, Resource[]>();
  const astray: Resource[] = [];
  for (const rule of ofType(graph, ...ruleTypes)) {
    const { resources, uncertain } = references(graph, rule, "securityGroupId", groupTypes);
    for (const group of resources) byGroup.set(group, [...(byGroup.get(group) ?? []), rule]);
    if (uncertain) astray.push(rule);
  }
  return { byGroup, astray };
});
