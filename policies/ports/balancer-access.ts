import { forwarded } from "../balancers/forwards";
import { listeners } from "../balancers/listeners";
import { Context } from "../context";
import { Graph, Resource } from "../graph/graph";
import { UNKNOWN, Unknown } from "../graph/value";
import { Machine } from "../hosts/host";
import { attachedGroups } from "../network/attached-groups";
import { Direction, PeerKind, Permission, permissionsOf } from "../network/permission";
import { carries } from "../network/protocol";

/** The balancers that hand requests to a target group. */
export function balancersFor(graph: Graph, group: Resource): Resource[] {
  const leads = (resource: Resource, property: string): boolean => {
    const found = forwarded(graph, resource, property);
    return found !== null && found !== UNKNOWN && found.groups.includes(group);
  };
  const found = listeners(graph).filter(
    ({ resource, rules }) => leads(resource, "defaultActions") || rules.some((rule) => leads(rule, "actions")),
  );
  return [...new Set(found.flatMap(({ balancers }) => balancers))];
}

/** Whether the security groups of a machine let a balancer in at a port. */
export function letsIn(machine: Machine, balancer: Resource, port: number, context: Context): boolean | Unknown {
  const { groups, uncertain } = machine.groups;
  const its = attachedGroups(context.graph, balancer);
  const said = permissionsOf(groups, Direction.Ingress, context).map((permission) =>
    isFor(permission, port) ? admits(permission, its.groups) : isFor(permission, port) === null ? UNKNOWN : false,
  );
  if (said.includes(true)) return true;
  return said.includes(UNKNOWN) || uncertain !== null || its.uncertain !== null ? UNKNOWN : false;
}

/** Whether a permission is for a port of TCP; null when nobody can tell. */
function isFor({ protocol, ports }: Permission, port: number): boolean | null {
  if (protocol !== null && !carries(protocol, "tcp")) return false;
  if (protocol === null || ports === null) return null;
  return ports.from <= port && port <= ports.to;
}

/** Addresses are believed to be the balancer's: which ones it gets is known only once it is there. */
function admits({ peer, groups }: Permission, its: readonly Resource[]): boolean | Unknown {
  switch (peer.kind) {
    case PeerKind.Range:
    case PeerKind.PrefixList:
      return true;
    case PeerKind.Self:
      return its.some(({ urn }) => groups.includes(urn));
    case PeerKind.Group:
      return peer.group === undefined ? UNKNOWN : its.some(({ urn }) => urn === peer.group);
    default:
      return UNKNOWN;
  }
}
