import { PortRange } from "../../components/app/traffic";
import { Context } from "../context";
import { Transport } from "../contract";
import { isGiven, Resource } from "../graph/graph";
import { text } from "../graph/read";
import { UNKNOWN, Unknown } from "../graph/value";
import { AttachedGroups, attachedGroups } from "../network/attached-groups";
import { Direction, Peer, PeerKind, permissionsOf } from "../network/permission";
import { allPorts, carries, covered } from "../network/protocol";

/** The ports at which somebody comes through. */
export interface LetThrough {
  readonly open: readonly PortRange[];
  /** Those of which nobody can tell. */
  readonly unsure: readonly PortRange[];
}

/** Whether each port of a range is let through. */
export function letsThrough({ open, unsure }: LetThrough, range: PortRange): boolean | Unknown {
  if (covered(range, open)) return true;
  return covered(range, [...open, ...unsure]) ? UNKNOWN : false;
}

/** The groups of a balancer, or null when it has none: of a network balancer everybody may ask, and it asks everybody. */
export function balancerGroups(balancer: Resource, { graph }: Context): AttachedGroups | null {
  const { loadBalancerType, securityGroups } = balancer.properties;
  const isUnset = securityGroups === undefined || (securityGroups === UNKNOWN && !isGiven(balancer, "securityGroups"));
  return text(loadBalancerType) === "network" && isUnset ? null : attachedGroups(graph, balancer);
}

/** Who is no outsider to a machine. */
interface Insiders {
  /** Groups of the deployment: those of the balancers in front. */
  readonly groups: readonly Resource[];
  /** Whether prefix lists are the CDN's in front. */
  readonly prefixLists: boolean;
}

/**
 * The ports at which security groups let somebody in from outside of the deployment: the world, an office, what a prefix
 * list names. Who belongs to a group of others nobody can tell.
 */
export function fromOutside(
  groups: AttachedGroups | null,
  transport: Transport,
  context: Context,
  insiders: Insiders = { groups: [], prefixLists: false },
): LetThrough {
  const isOutside = ({ kind, group }: Peer): boolean | Unknown => {
    if (kind === PeerKind.PrefixList) return !insiders.prefixLists;
    if (kind === PeerKind.Range) return true;
    const known = [...insiders.groups, ...(groups?.groups ?? [])];
    return kind === PeerKind.Self || known.some(({ urn }) => urn === group) ? false : UNKNOWN;
  };
  return portsFor(groups, Direction.Ingress, transport, isOutside, context);
}

/** The ports of TCP at which the groups of a balancer let it reach the members of others. */
export function towards(groups: AttachedGroups | null, its: readonly Resource[], context: Context): LetThrough {
  const isIts = ({ kind, group }: Peer): boolean | Unknown => {
    // Which addresses a machine gets is known only once it is there.
    if (kind === PeerKind.Range || kind === PeerKind.PrefixList) return true;
    if (kind === PeerKind.Self) return its.some(({ urn }) => groups?.groups.some((own) => own.urn === urn));
    return kind === PeerKind.Unknown || group === undefined ? UNKNOWN : its.some(({ urn }) => urn === group);
  };
  return portsFor(groups, Direction.Egress, Transport.Tcp, isIts, context);
}

function portsFor(
  groups: AttachedGroups | null,
  direction: Direction,
  transport: Transport,
  isMeant: (peer: Peer) => boolean | Unknown,
  context: Context,
): LetThrough {
  if (groups === null) return { open: [allPorts], unsure: [] };
  const said = permissionsOf(groups.groups, direction, context)
    .filter(({ protocol }) => protocol === null || carries(protocol, transport))
    .map(({ protocol, ports, peer }) => {
      const meant = isMeant(peer);
      const isSure = meant === true && protocol !== null && ports !== null;
      return { ports: ports ?? allPorts, isSure, isNone: meant === false };
    });
  return {
    open: said.filter(({ isSure }) => isSure).map(({ ports }) => ports),
    unsure: [
      ...said.filter(({ isSure, isNone }) => !isSure && !isNone).map(({ ports }) => ports),
      ...(groups.uncertain === null ? [] : [allPorts]),
    ],
  };
}
