import { PortRange } from "../../components/app/traffic";

/** All ports there are. */
export const allPorts: PortRange = { from: 0, to: 65_535 };

/** Protocols by the numbers that AWS takes as well as names (IANA's protocol numbers). */
const names: Readonly<Record<string, string>> = {
  "-1": "all",
  "1": "icmp",
  "6": "tcp",
  "17": "udp",
  "58": "icmpv6",
};

/** A protocol as it is called here: `all`, `tcp`, `udp`, `icmp`, `icmpv6`, or its number. */
export function protocolName(protocol: string): string {
  const lower = protocol.toLowerCase();
  return names[lower] ?? lower;
}

/** Whether a rule for the protocol lets packets of the transport through. */
export function carries(protocol: string, transport: string): boolean {
  return protocol === "all" || protocol === transport;
}

/** Whether ports mean anything for the protocol. Of the others AWS ignores them, or reads them as ICMP types. */
export function hasPorts(protocol: string): boolean {
  return protocol === "tcp" || protocol === "udp";
}

/** Whether each port of a range is in one of the others, which may adjoin or overlap. */
export function covered(range: PortRange, by: readonly PortRange[]): boolean {
  let next = range.from;
  for (const { from, to } of [...by].sort((one, other) => one.from - other.from)) {
    if (from > next) break;
    next = Math.max(next, to + 1);
  }
  return next > range.to;
}

export function portsText({ from, to }: PortRange): string {
  return from === to ? String(from) : `${from}-${to}`;
}
