import { PortRange } from "../../components/app/traffic";
import { Resource } from "../graph/graph";
import { Target } from "../rule";
import { AddressRange, addressRange, isWorld } from "./address";
import { allPorts, portsText } from "./protocol";

export const Direction = { Ingress: "ingress", Egress: "egress" } as const;
export type Direction = (typeof Direction)[keyof typeof Direction];

export const PeerKind = {
  Range: "range",
  /** Members of a security group. */
  Group: "group",
  PrefixList: "prefix-list",
  /** Members of the same group. */
  Self: "self",
  Unknown: "unknown",
} as const;
export type PeerKind = (typeof PeerKind)[keyof typeof PeerKind];

/** The other end of what a rule lets through. */
export interface Peer {
  readonly kind: PeerKind;
  /** How it is called in findings: the range as written, the group's name, the list's id. */
  readonly name: string;
  /** The addresses, of a range that can be read. */
  readonly range?: AddressRange;
  /** URN of the group, when it is in the graph. */
  readonly group?: string;
}

/** What one rule of a security group lets through, for one peer: rules of AWS that name several are several of these. */
export interface Permission extends Target {
  /** The resource that states it: the group itself for an inline rule. */
  readonly urn: string;
  /** URNs of the groups it is part of, of those in the graph. Several only when it cannot be told which. */
  readonly groups: readonly string[];
  readonly direction: Direction;
  /** As `protocolName` calls it, or null when it is not known. */
  readonly protocol: string | null;
  /** Null when they are not known. */
  readonly ports: PortRange | null;
  readonly peer: Peer;
}

/** How a permission is called: `tcp/8080 0.0.0.0/0`. */
export function permissionText({ protocol, ports, peer }: Permission): string {
  const what =
    protocol === null
      ? "unknown"
      : protocol === "all"
        ? "all"
        : ports === null
          ? `${protocol}/unknown`
          : ports === allPorts
            ? protocol
            : `${protocol}/${portsText(ports)}`;
  return `${what} ${peer.name}`;
}

/**
 * The peer that a CIDR names. One that cannot be read is not known, rather than harmless.
 *
 * @param name how it is called in findings
 */
export function rangePeer(cidr: string, name: string): Peer {
  const range = addressRange(cidr);
  return range ? { kind: PeerKind.Range, name, range } : { kind: PeerKind.Unknown, name };
}

/** Whether a peer is the world; null when nobody can tell. Groups, prefix lists and the group itself are not. */
export function isWorldPeer(peer: Peer): boolean | null {
  if (peer.kind === PeerKind.Unknown) return null;
  return peer.range !== undefined && isWorld(peer.range);
}

/** What the rules of some groups let through in one direction. */
export function permissionsOf(
  groups: readonly Resource[],
  direction: Direction,
  { permissions }: { readonly permissions: readonly Permission[] },
): Permission[] {
  const urns = new Set(groups.map(({ urn }) => urn));
  return permissions.filter((one) => one.direction === direction && one.groups.some((group) => urns.has(group)));
}
