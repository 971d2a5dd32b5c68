import { isIPv4, isIPv6 } from "node:net";
import { nearest } from "./nearest";
import type { Fault } from "./problem";

/** The ports of what apps commonly need outside, by purpose (IANA's service names, but `rdp`, which it calls ms-wbt-server). */
export const purposes: Readonly<Record<string, number>> = {
  ssh: 22,
  smtp: 25,
  http: 80,
  ldap: 389,
  https: 443,
  smtps: 465,
  submission: 587,
  ldaps: 636,
  rdp: 3389,
};

/** An unbroken range of ports; a single port is a range of one. */
export interface PortRange {
  from: number;
  to: number;
}

/** The ports that the text of `Reach.port` stands for, or undefined when it is not a purpose, a port or a range. */
export function portsOf(port: string): PortRange | undefined {
  if (Object.hasOwn(purposes, port)) return { from: purposes[port]!, to: purposes[port]! };
  const match = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(port);
  if (!match) return undefined;
  const from = Number(match[1]);
  const to = Number(match[2] ?? match[1]);
  return from >= 1 && to <= 65535 && from <= to ? { from, to } : undefined;
}

/** Whether two ranges have a port in common. */
export function overlap(one: PortRange, other: PortRange): boolean {
  return one.from <= other.to && other.from <= one.to;
}

/** What is wrong with the text of a port. Undefined when nothing is. */
export function portFault(port: string): Fault | undefined {
  if (portsOf(port)) return undefined;
  return { reason: "is not a purpose, port or range", fix: portFix(port) };
}

function portFix(port: string): string {
  const range = /^(\d+)-(\d+)$/.exec(port);
  if (range && Number(range[1]) > Number(range[2])) return `write it as "${range[2]}-${range[1]}"`;
  if (/^[\d-]/.test(port)) return 'give a port from 1 to 65535 or a range like "8000-8010"';
  const names = Object.keys(purposes);
  const meant = nearest(port, names);
  return meant ? `did you mean "${meant}"?` : `use one of ${names.join(", ")}, a port or a range`;
}

/** What is wrong with an address range, and how it is written. Undefined when nothing is. */
export function cidrFault(cidr: string): Fault | undefined {
  const [address = "", prefix, ...rest] = cidr.split("/");
  const bits = isIPv4(address) ? 32 : isIPv6(address) ? 128 : undefined;
  if (bits === undefined || rest.length > 0)
    return { reason: "is not an address range", fix: 'write it like "10.0.0.0/8"' };
  if (address.includes("%")) return { reason: "has a zone", fix: "leave out the zone after the percent sign" };
  if (prefix === undefined)
    return { reason: "is an address without a prefix length", fix: `write it as "${address}/${bits}"` };
  if (!/^(0|[1-9]\d{0,2})$/.test(prefix) || Number(prefix) > bits)
    return { reason: "has a wrong prefix length", fix: `use a length from 0 to ${bits}` };
  const network = networkOf(address, Number(prefix), bits);
  if (network !== addressBits(address, bits))
    return {
      reason: `has address bits behind its first ${prefix}`,
      fix: `write the network's first address, or "${address}/${bits}"`,
    };
  return undefined;
}

function networkOf(address: string, prefix: number, bits: number): bigint {
  const behind = BigInt(bits - prefix);
  return (addressBits(address, bits) >> behind) << behind;
}

function addressBits(address: string, bits: number): bigint {
  return bits === 32 ? ipv4Bits(address) : ipv6Bits(address);
}

const ipv4Bits = (address: string): bigint => address.split(".").reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);

function ipv6Bits(address: string): bigint {
  const [head = "", tail] = address.split("::");
  const front = groups(head);
  const back = tail === undefined ? [] : groups(tail);
  const filling = Array<bigint>(8 - front.length - back.length).fill(0n);
  return [...front, ...filling, ...back].reduce((sum, group) => (sum << 16n) | group, 0n);
}

/** The 16-bit groups of a part of an IPv6 address; a last group may be written as IPv4 (`::ffff:10.0.0.1`). */
function groups(part: string): bigint[] {
  if (part === "") return [];
  return part.split(":").flatMap((group) => {
    if (!group.includes(".")) return [BigInt(`0x${group}`)];
    const bits = ipv4Bits(group);
    return [bits >> 16n, bits & 0xffffn];
  });
}
