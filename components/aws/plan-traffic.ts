import type { Input } from "@pulumi/pulumi";
import { at, Problem } from "../app/problem";
import { PortRange, portsOf, purposes } from "../app/traffic";
import { Direction, isGroupId, isPrefixListId, portOf, trafficProblems } from "./check-traffic";
import { mailPortWarnings } from "./mail-port";
import { defaultRulesQuota, quotaProblems, rulesQuotaProblems } from "./rules-quota";
import { Protocol, Traffic, TrafficArgs } from "./traffic-args";

/** The other end of a rule, as `vpc.SecurityGroupIngressRule` and `SecurityGroupEgressRule` take it: one of the four. */
export interface RulePeer {
  cidrIpv4?: string;
  cidrIpv6?: string;
  prefixListId?: Input<string>;
  referencedSecurityGroupId?: Input<string>;
}

/** One rule of a security group. */
export interface PlannedRule {
  /** Names the rule by purpose and peer, whatever its place in the list, e.g. `ldaps-to-10.0.0.0/8`. */
  key: string;
  /** The same in words, as the console shows it. */
  description: string;
  protocol: Protocol;
  ports: PortRange;
  peer: RulePeer;
  /** How many rules AWS counts it as. */
  weight: number;
}

/** The rules of a security group, what is wrong with its description, and what is to be known of it. */
export interface PlannedTraffic {
  ingress: PlannedRule[];
  egress: PlannedRule[];
  problems: Problem[];
  warnings: string[];
}

/** What of a security group is planned. */
export interface PlannedGroup extends Traffic {
  rulesQuota?: number;
}

/** The words between purpose and peer. */
const words = { ingress: "from", egress: "to" } as const;

const anyIpv4 = "0.0.0.0/0";
const anyIpv6 = "::/0";

/** Plans the rules of a security group: one for each purpose and peer, two for everybody. What is said twice is one rule. */
export function planTraffic({ rulesQuota, ...traffic }: PlannedGroup): PlannedTraffic {
  const problems = rulesQuotaProblems(rulesQuota);
  const plan = (direction: Direction): PlannedRule[] => {
    const rules = (traffic[direction] ?? []).flatMap((args, index) => {
      const found = trafficProblems(args, direction, at(direction, index));
      problems.push(...found);
      return found.length ? [] : planRules(args, words[direction]);
    });
    const distinct = [...new Map(rules.map((rule) => [rule.key, rule])).values()];
    problems.push(...quotaProblems(distinct, direction, rulesQuota ?? defaultRulesQuota));
    return distinct;
  };
  const [ingress, egress] = [plan("ingress"), plan("egress")];
  return { ingress, egress, problems, warnings: mailPortWarnings(egress) };
}

function planRules(args: TrafficArgs, word: string): PlannedRule[] {
  const { protocol = Protocol.Tcp } = args;
  const ports = portsOf(portOf(args)!)!; // no problem was found with it
  const purpose = `${purposeOf(ports)}${protocol === Protocol.Udp ? "-udp" : ""}`;
  return peersOf(args).map(({ name, ...peer }) => ({
    key: `${purpose}-${word}-${name.replaceAll(":", ".")}`, // "::" splits a resource's URN
    description: `${purpose} ${word} ${name}`,
    protocol,
    ports,
    peer,
    weight: args.prefixList?.weight ?? 1,
  }));
}

/** A port has one name, however it was written, so that writing it otherwise changes no rule. */
function purposeOf({ from, to }: PortRange): string {
  if (from !== to) return `${from}-${to}`;
  return Object.keys(purposes).find((name) => purposes[name] === from) ?? String(from);
}

function peersOf({ peer, group, prefixList }: TrafficArgs): (RulePeer & { name: string })[] {
  if (group) return [{ name: `group-${group.name}`, referencedSecurityGroupId: group.id }];
  if (prefixList) return [{ name: `list-${prefixList.name}`, prefixListId: prefixList.id }];
  if (peer === undefined) return [anyIpv4, anyIpv6].flatMap((anywhere) => peersOf({ peer: anywhere }));
  if (isGroupId(peer)) return [{ name: peer, referencedSecurityGroupId: peer }];
  if (isPrefixListId(peer)) return [{ name: peer, prefixListId: peer }];
  const cidr = canonicalCidr(peer);
  if (cidr === anyIpv4) return [{ name: "anywhere-ipv4", cidrIpv4: anyIpv4 }];
  if (cidr === anyIpv6) return [{ name: "anywhere-ipv6", cidrIpv6: anyIpv6 }];
  return [{ name: cidr, ...(cidr.includes(":") ? { cidrIpv6: cidr } : { cidrIpv4: cidr }) }];
}

/** IPv6 networks in the form of RFC 5952, which EC2 stores; written otherwise they would differ at every preview. */
function canonicalCidr(cidr: string): string {
  const [address = "", length] = cidr.split("/");
  if (!address.includes(":")) return cidr;
  return `${new URL(`http://[${address}]`).hostname.slice(1, -1)}/${length}`;
}
