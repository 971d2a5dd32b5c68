import type { Input } from "@pulumi/pulumi";
import { at, Problem } from "../app/problem";
import { cidrFault, portFault, PortRange, portsOf, purposes } from "../app/traffic";

/** Transport protocols that have ports. */
export const Protocol = {
  /** Connections: web, mail, directories. */
  Tcp: "tcp",
  /** Datagrams: names, time. */
  Udp: "udp",
} as const;
export type Protocol = (typeof Protocol)[keyof typeof Protocol];

/** A security group that the same program makes, so that its id may not be known yet. */
export interface PeerGroup {
  /** What the rule's name calls it, e.g. `balancer`. */
  name: string;
  /** Id of the group. @example balancer.groupId */
  id: Input<string>;
}

/** Traffic of one purpose with one peer. */
export interface TrafficArgs {
  /**
   * A purpose (`smtp`, `smtps`, `submission`, `ldap`, `ldaps`, `http`, `https`), a port or a range `8000-8010`.
   * @example "submission"
   */
  port: string;
  /** @default Tcp */
  protocol?: Protocol;
  /**
   * CIDR, id of a prefix list (`pl-…`) or of a security group (`sg-…`).
   * @default anywhere, by IPv4 and IPv6
   * @example "203.0.113.7/32"
   */
  peer?: string;
  /** A group of the same program, in place of `peer`. @default none */
  group?: PeerGroup;
}

/** What a security group lets through. */
export interface Traffic {
  ingress?: TrafficArgs[];
  egress?: TrafficArgs[];
}

/** The other end of a rule, as `vpc.SecurityGroupIngressRule` and `SecurityGroupEgressRule` take it: one of the four. */
export interface RulePeer {
  cidrIpv4?: string;
  cidrIpv6?: string;
  prefixListId?: string;
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
}

/** The rules of a security group, and what is wrong with its description. */
export interface PlannedTraffic {
  ingress: PlannedRule[];
  egress: PlannedRule[];
  problems: Problem[];
}

/** The words between purpose and peer. */
const Direction = { ingress: "from", egress: "to" } as const;

const anyIpv4 = "0.0.0.0/0";
const anyIpv6 = "::/0";

/** Plans the rules of a security group: one for each purpose and peer, two for everybody. What is said twice is one rule. */
export function planTraffic(traffic: Traffic): PlannedTraffic {
  const problems: Problem[] = [];
  const plan = (direction: keyof typeof Direction): PlannedRule[] => {
    const rules = (traffic[direction] ?? []).flatMap((args, index) => {
      const found = trafficProblems(args, at(direction, index));
      problems.push(...found);
      return found.length ? [] : planRules(args, Direction[direction]);
    });
    return [...new Map(rules.map((rule) => [rule.key, rule])).values()];
  };
  return { ingress: plan("ingress"), egress: plan("egress"), problems };
}

function trafficProblems({ port, protocol, peer, group }: TrafficArgs, path: string): Problem[] {
  const problems: Problem[] = [];
  const fault = portFault(port);
  if (fault) problems.push({ path: at(path, "port"), value: port, ...fault });
  const protocols: readonly string[] = Object.values(Protocol);
  if (protocol !== undefined && !protocols.includes(protocol)) {
    const reason = "is not a protocol that has ports";
    problems.push({ path: at(path, "protocol"), value: protocol, reason, fix: `use ${protocols.join(" or ")}` });
  }
  if (peer !== undefined && group !== undefined) {
    problems.push({ path, reason: "has a peer and a group", fix: "give one of the two, or neither for anywhere" });
  } else if (peer !== undefined && !groupId.test(peer) && !prefixListId.test(peer)) {
    const peerFault = isIdOf.test(peer)
      ? { reason: "is not an id of AWS", fix: 'write it like "sg-0123456789abcdef0" or "pl-0123456789abcdef0"' }
      : cidrFault(peer);
    if (peerFault) problems.push({ path: at(path, "peer"), value: peer, ...peerFault });
  } else if (group !== undefined && !/^[\w.-]{1,64}$/.test(group.name)) {
    const fix = "use 1 to 64 letters, digits, dots, hyphens and underscores";
    problems.push({
      path: at(at(path, "group"), "name"),
      value: group.name,
      reason: "cannot be part of a rule's name",
      fix,
    });
  }
  return problems;
}

const groupId = /^sg-(?:[0-9a-f]{8}|[0-9a-f]{17})$/;
const prefixListId = /^pl-(?:[0-9a-f]{8}|[0-9a-f]{17})$/;
const isIdOf = /^(?:sg|pl)-/;

function planRules({ port, protocol = Protocol.Tcp, peer, group }: TrafficArgs, word: string): PlannedRule[] {
  const ports = portsOf(port)!; // no problem was found with it
  const purpose = `${purposeOf(ports)}${protocol === Protocol.Udp ? "-udp" : ""}`;
  return peersOf(peer, group).map(({ name, ...rule }) => ({
    key: `${purpose}-${word}-${name.replaceAll(":", ".")}`, // "::" splits a resource's URN
    description: `${purpose} ${word} ${name}`,
    protocol,
    ports,
    peer: rule,
  }));
}

/** A port has one name, however it was written, so that writing it otherwise changes no rule. */
function purposeOf({ from, to }: PortRange): string {
  if (from !== to) return `${from}-${to}`;
  return Object.keys(purposes).find((name) => purposes[name] === from) ?? String(from);
}

function peersOf(peer: string | undefined, group: PeerGroup | undefined): (RulePeer & { name: string })[] {
  if (group) return [{ name: `group-${group.name}`, referencedSecurityGroupId: group.id }];
  if (peer === undefined) return [...peersOf(anyIpv4, undefined), ...peersOf(anyIpv6, undefined)];
  if (groupId.test(peer)) return [{ name: peer, referencedSecurityGroupId: peer }];
  if (prefixListId.test(peer)) return [{ name: peer, prefixListId: peer }];
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
