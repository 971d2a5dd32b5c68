import { at, Problem } from "../app/problem";
import { isWhole } from "../app/validation/text";
import type { Direction } from "./check-traffic";
import type { PlannedRule } from "./plan-traffic";

/**
 * Rules that a group may have in each direction, unless AWS raised it (Amazon VPC User Guide, "Amazon VPC quotas": inbound
 * or outbound rules per security group). Rules of IPv4 and of IPv6 are counted by themselves, and what names a group or a
 * prefix list counts for both.
 */
export const defaultRulesQuota = 60;

/** This quota times that of the groups of a network interface cannot exceed 1,000 (the same page). */
const mostRules = 1000;

/** What is wrong with a quota that somebody has given. */
export function rulesQuotaProblems(quota: number | undefined): Problem[] {
  if (quota === undefined || isWhole(quota, 1, mostRules)) return [];
  const fix = `give the whole number that AWS granted, up to ${mostRules}`;
  return [{ path: "rulesQuota", value: quota, reason: "is no quota of rules", fix }];
}

/** A problem for each family of addresses that has more rules than fit, with what counts for how much. */
export function quotaProblems(rules: readonly PlannedRule[], direction: Direction, quota: number): Problem[] {
  return (["IPv4", "IPv6"] as const).flatMap((family) => {
    const counted = rules.filter(({ peer }) => (family === "IPv4" ? !peer.cidrIpv6 : !peer.cidrIpv4));
    const count = sum(counted);
    if (count <= quota) return [];
    return [
      {
        path: at("", direction),
        reason: `counts as ${count} rules of ${family} (${shares(counted)}), and the quota is ${quota}`,
        fix: "give some of it to another group, or ask AWS for a higher quota and say it as rulesQuota",
      },
    ];
  });
}

const sum = (rules: readonly PlannedRule[]): number => rules.reduce((total, { weight }) => total + weight, 0);

/** E.g. `prefix lists 55, networks 4, groups 2`. */
function shares(rules: readonly PlannedRule[]): string {
  const kinds: [string, (peer: PlannedRule["peer"]) => boolean][] = [
    ["prefix lists", (peer) => peer.prefixListId !== undefined],
    ["networks", (peer) => peer.cidrIpv4 !== undefined || peer.cidrIpv6 !== undefined],
    ["groups", (peer) => peer.referencedSecurityGroupId !== undefined],
  ];
  return kinds
    .map(([name, isOf]): [string, number] => [name, sum(rules.filter(({ peer }) => isOf(peer)))])
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${name} ${count}`)
    .join(", ");
}
