import { PortRange } from "../../components/app/traffic";
import { Graph, isGiven, ofType, Resource } from "../graph/graph";
import { entry, list, shownText, text, truth, wholeNumber } from "../graph/read";
import { references, referencesOf } from "../graph/references";
import { UNKNOWN, Unknown, Value } from "../graph/value";
import { Direction, Peer, PeerKind, Permission, rangePeer } from "./permission";
import { allPorts, hasPorts, protocolName } from "./protocol";

/** Types whose `ingress` and `egress` hold rules. */
const groupType = "aws:ec2/securityGroup:SecurityGroup";
const defaultGroupType = "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup";
export const groupTypes: readonly string[] = [groupType, defaultGroupType];

const ruleType = "aws:ec2/securityGroupRule:SecurityGroupRule";
const ingressType = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const egressType = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";
/** Types of which each resource is a rule. */
export const ruleTypes: readonly string[] = [ruleType, ingressType, egressType];

/** What the rules of all security groups let through, however they are written: inline, or as resources of two kinds. */
export function permissions(graph: Graph): Permission[] {
  return [
    ...ofType(graph, ...groupTypes).flatMap((group) => inlinePermissions(graph, group)),
    ...ofType(graph, ...ruleTypes).flatMap((rule) => rulePermissions(graph, rule)),
  ];
}

/** What the rules inside a group let through. A property that the provider computes is none of the program's. */
export function inlinePermissions(graph: Graph, group: Resource): Permission[] {
  return Object.values(Direction).flatMap((direction) => {
    const rules = list(group.properties[direction]);
    const unknownRule = { groups: [group.urn], direction, urn: group.urn, protocol: null, ports: null };
    if (rules === UNKNOWN)
      return isGiven(group, direction)
        ? [{ ...unknownRule, peer: unknownPeer("rules that are not known before the deployment") }]
        : [];
    return rules.flatMap((rule) => expand(graph, group, direction, rule, [group.urn], blockPeers));
  });
}

/** What a rule that is a resource lets through. */
export function rulePermissions(graph: Graph, rule: Resource): Permission[] {
  const groups = references(graph, rule, "securityGroupId", groupTypes).resources.map(({ urn }) => urn);
  const properties: Value = rule.properties;
  if (rule.type !== ruleType) {
    const direction = rule.type === ingressType ? Direction.Ingress : Direction.Egress;
    return expand(graph, rule, direction, properties, groups, singlePeers);
  }
  const type = text(rule.properties["type"]);
  if (type === Direction.Ingress || type === Direction.Egress)
    return expand(graph, rule, type, properties, groups, rulePeers);
  return Object.values(Direction).flatMap((direction) => expand(graph, rule, direction, properties, groups, rulePeers));
}

type PeersOf = (graph: Graph, from: Resource, rule: Value, direction: Direction) => Peer[];

function expand(
  graph: Graph,
  from: Resource,
  direction: Direction,
  rule: Value,
  groups: readonly string[],
  peersOf: PeersOf,
): Permission[] {
  const written = shownText(entry(rule, "protocol") ?? entry(rule, "ipProtocol"));
  const protocol = written === undefined ? null : protocolName(written);
  const ports = portsOf(protocol, wholeNumber(entry(rule, "fromPort")), wholeNumber(entry(rule, "toPort")));
  const peers =
    rule === UNKNOWN
      ? [unknownPeer("a rule that is not known before the deployment")]
      : peersOf(graph, from, rule, direction);
  return peers.map((peer) => ({ urn: from.urn, groups, direction, protocol, ports, peer }));
}

/** The ports of a rule; all where the protocol has none, and where -1 says so. */
function portsOf(
  protocol: string | null,
  from: number | undefined | Unknown,
  to: number | undefined | Unknown,
): PortRange | null {
  if (protocol === null) return null;
  if (!hasPorts(protocol)) return allPorts;
  if (from === UNKNOWN || to === UNKNOWN) return null;
  if (from === undefined || to === undefined || from === -1 || to === -1) return allPorts;
  return from <= to ? { from, to } : null;
}

const unknownPeer = (name: string): Peer => ({ kind: PeerKind.Unknown, name });

/** Peers of an inline rule. */
const blockPeers: PeersOf = (graph, from, rule, direction) => [
  ...rangePeers(rule),
  ...each(entry(rule, "prefixListIds"), prefixListPeer),
  ...each(entry(rule, "securityGroups"), (value) => groupPeer(graph, from, direction, value)),
  ...selfPeers(rule),
];

/** Peers of a `SecurityGroupRule`. */
const rulePeers: PeersOf = (graph, from, rule) => [
  ...rangePeers(rule),
  ...each(entry(rule, "prefixListIds"), prefixListPeer),
  ...one(entry(rule, "sourceSecurityGroupId"), (value) => groupPeer(graph, from, "sourceSecurityGroupId", value)),
  ...selfPeers(rule),
];

/** The peer of a `SecurityGroupIngressRule` or `SecurityGroupEgressRule`. */
const singlePeers: PeersOf = (graph, from, rule) => [
  ...one(entry(rule, "cidrIpv4"), cidrPeer),
  ...one(entry(rule, "cidrIpv6"), cidrPeer),
  ...one(entry(rule, "prefixListId"), prefixListPeer),
  ...one(entry(rule, "referencedSecurityGroupId"), (value) =>
    groupPeer(graph, from, "referencedSecurityGroupId", value),
  ),
];

const rangePeers = (rule: Value): Peer[] => [
  ...each(entry(rule, "cidrBlocks"), cidrPeer),
  ...each(entry(rule, "ipv6CidrBlocks"), cidrPeer),
];

const cidrPeer = (value: Value): Peer => {
  const cidr = text(value);
  return typeof cidr === "string"
    ? rangePeer(cidr, shownText(value) ?? cidr)
    : unknownPeer("addresses that are not known before the deployment");
};

const prefixListPeer = (value: Value): Peer => ({
  kind: PeerKind.PrefixList,
  name: shownText(value) ?? "a prefix list",
});

function groupPeer(graph: Graph, from: Resource, property: string, value: Value): Peer {
  const { resources, foreign } = referencesOf(graph, from, property, value, groupTypes);
  const [group, ...others] = resources;
  if (group && others.length === 0) {
    if (group.urn === from.urn) return { kind: PeerKind.Self, name: "itself", group: group.urn };
    return { kind: PeerKind.Group, name: `group ${group.name}`, group: group.urn };
  }
  return { kind: PeerKind.Group, name: foreign[0] ?? "a security group" };
}

function selfPeers(rule: Value): Peer[] {
  const self = truth(entry(rule, "self"));
  return self === true || self === UNKNOWN ? [{ kind: PeerKind.Self, name: "itself" }] : [];
}

function each(value: Value | undefined, peer: (element: Value) => Peer): Peer[] {
  const elements = list(value);
  return elements === UNKNOWN ? [peer(UNKNOWN)] : elements.map(peer);
}

function one(value: Value | undefined, peer: (element: Value) => Peer): Peer[] {
  return value === undefined || value === null ? [] : [peer(value)];
}
