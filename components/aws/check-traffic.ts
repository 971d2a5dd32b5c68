import { at, Fault, Problem } from "../app/problem";
import { cidrFault, overlap, portFault, portsOf, purposes } from "../app/traffic";
import { Protocol, TrafficArgs } from "./traffic-args";
import { isWide, leastPrefix } from "./wide-network";

/** Which way traffic goes, as a description names it. */
export type Direction = "ingress" | "egress";

const groupId = /^sg-(?:[0-9a-f]{8}|[0-9a-f]{17})$/;
const prefixListId = /^pl-(?:[0-9a-f]{8}|[0-9a-f]{17})$/;
const isIdOf = /^(?:sg|pl)-/;

/** Whether a peer is a security group by its id. */
export const isGroupId = (peer: string): boolean => groupId.test(peer);

/** Whether a peer is a prefix list by its id. */
export const isPrefixListId = (peer: string): boolean => prefixListId.test(peer);

/** What is wrong with the traffic of one purpose. */
export function trafficProblems(args: TrafficArgs, direction: Direction, path: string): Problem[] {
  const problems = [...portProblems(args, path), ...protocolProblems(args, path), ...peerProblems(args, path)];
  return problems.length > 0 || direction === "egress" ? problems : adminProblems(args, path);
}

/** The port that is meant: the rule's own, else the one that the group knows. */
export function portOf({ port, group }: TrafficArgs): string | undefined {
  return port ?? group?.port;
}

function portProblems(args: TrafficArgs, path: string): Problem[] {
  const port = portOf(args);
  const place = args.port === undefined && args.group?.port !== undefined ? at(path, "group") : path;
  if (port === undefined)
    return [{ path: at(path, "port"), reason: "is missing", fix: "give one, or a group that knows its own" }];
  const fault = portFault(port);
  return fault ? [{ path: at(place, "port"), value: port, ...fault }] : [];
}

function protocolProblems({ protocol }: TrafficArgs, path: string): Problem[] {
  const protocols: readonly string[] = Object.values(Protocol);
  if (protocol === undefined || protocols.includes(protocol)) return [];
  const reason = "is not a protocol that has ports";
  return [{ path: at(path, "protocol"), value: protocol, reason, fix: `use ${protocols.join(" or ")}` }];
}

function peerProblems({ peer, group, prefixList }: TrafficArgs, path: string): Problem[] {
  const given = Object.entries({ peer, group, prefixList }).filter(([, value]) => value !== undefined);
  if (given.length > 1) {
    const reason = `has a ${given.map(([key]) => words[key]).join(" and a ")}`;
    return [{ path, reason, fix: "give one of them, or none for anywhere" }];
  }
  if (peer !== undefined && !isGroupId(peer) && !isPrefixListId(peer)) {
    const fault = isIdOf.test(peer) ? idFault : cidrFault(peer);
    return fault ? [{ path: at(path, "peer"), value: peer, ...fault }] : [];
  }
  const named = group ?? prefixList;
  if (!named) return [];
  const problems: Problem[] = [];
  const place = at(path, group ? "group" : "prefixList");
  if (!/^[\w.-]{1,64}$/.test(named.name)) problems.push({ path: at(place, "name"), value: named.name, ...nameFault });
  if (prefixList && !(Number.isInteger(prefixList.weight) && prefixList.weight >= 1))
    problems.push({ path: at(place, "weight"), value: prefixList.weight, ...weightFault });
  return problems;
}

const words: Readonly<Record<string, string>> = { peer: "peer", group: "group", prefixList: "prefix list" };

const idFault: Fault = {
  reason: "is not an id of AWS",
  fix: 'write it like "sg-0123456789abcdef0" or "pl-0123456789abcdef0"',
};
const nameFault: Fault = {
  reason: "cannot be part of a rule's name",
  fix: "use 1 to 64 letters, digits, dots, hyphens and underscores",
};
const weightFault: Fault = {
  reason: "is no number of rules",
  fix: "give the weight that AWS says of its list, or the most entries that yours may have",
};

/** Purposes of administration: their passwords and keys are guessed all day long. */
const adminPurposes = ["ssh", "rdp"];

/** Ports of administration are never open to the world, by whatever protocol and in whatever range they hide. */
function adminProblems(args: TrafficArgs, path: string): Problem[] {
  const { peer, group, prefixList } = args;
  if (group || prefixList || (peer !== undefined && (isGroupId(peer) || isPrefixListId(peer) || !isWide(peer))))
    return [];
  const ports = portsOf(portOf(args)!)!; // no problem was found with it
  const opened = adminPurposes.filter((purpose) => overlap(ports, portsOf(purpose)!));
  if (opened.length === 0) return [];
  const names = opened.map((purpose) => `${purpose} (${purposes[purpose]})`).join(" and ");
  const least = peer === undefined ? "" : `, with prefix lengths from ${leastPrefix(peer)}`;
  return [
    {
      path: at(path, peer === undefined ? "port" : "peer"),
      value: peer ?? args.port,
      reason: `would open ${names} to a large part of the Internet`,
      fix: `name as peers the networks that you work from${least}, or use \`aws ssm start-session\``,
    },
  ];
}
