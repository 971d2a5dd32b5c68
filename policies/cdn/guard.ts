import { Context } from "../context";
import { Graph, Resource } from "../graph/graph";
import { entry } from "../graph/read";
import { referencesOf } from "../graph/references";
import { UNKNOWN, Unknown } from "../graph/value";
import { attachedGroups } from "../network/attached-groups";
import { Direction, isWorldPeer, PeerKind, permissionsOf } from "../network/permission";
import { distributions, Origin, originsOf } from "./distributions";

const balancerType = "aws:lb/loadBalancer:LoadBalancer";
const instanceType = "aws:ec2/instance:Instance";
const addressType = "aws:ec2/eip:Eip";

/** Types of what answers a distribution, and what its name in DNS is called. */
const originTypes: readonly string[] = [balancerType, instanceType, addressType];
const names = ["dnsName", "publicDns", "publicIp"];

/** The balancers and machines of the deployment that an origin leads to. */
export function behind(graph: Graph, distribution: Resource, { value }: Origin): readonly Resource[] {
  return referencesOf(graph, distribution, "origins", entry(value, "domainName"), originTypes, names).resources;
}

/**
 * Whether security groups keep all but CloudFront from a balancer or machine: they let in a prefix list, as AWS keeps one of
 * the addresses that CloudFront asks from, and never the world.
 */
export function isGuardedByList(resource: Resource, context: Context): boolean | Unknown {
  const { groups, uncertain } = attachedGroups(context.graph, resource);
  const permissions = permissionsOf(groups, Direction.Ingress, context);
  const world = permissions.map(({ peer }) => isWorldPeer(peer));
  if (world.includes(true)) return false;
  if (uncertain !== null || world.includes(null)) return UNKNOWN;
  return permissions.some(({ peer }) => peer.kind === PeerKind.PrefixList);
}

/** Whether a balancer answers nobody but CloudFront. */
export function isForCdnOnly(balancer: Resource, context: Context): boolean {
  const asked = distributions(context.graph).some((distribution) => {
    const origins = originsOf(distribution);
    return (
      origins !== UNKNOWN && origins.some((origin) => behind(context.graph, distribution, origin).includes(balancer))
    );
  });
  return asked && isGuardedByList(balancer, context) === true;
}
