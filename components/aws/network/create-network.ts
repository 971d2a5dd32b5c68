import * as ec2 from "@pulumi/aws/ec2";
import * as pulumi from "@pulumi/pulumi";
import { ipv6Block, Tier } from "./allocate-subnets";
import type { NetworkOutputs } from "./find-network";
import { logFlows } from "./flow-logs";
import { interfaceEndpoints, s3Endpoint } from "./endpoints";
import type { NetworkPlan, PlannedZone } from "./plan-network";
import { privateWays, publicWay } from "./routes";
import { zoneLookup } from "./zone-lookup";

/** What is said of a new network beside its plan. */
export interface NewNetwork {
  /** Who has a problem, when one is found while zones are looked up. */
  subject: string;
  tags?: Record<string, string>;
}

/** The subnets of one zone of a new network. */
export interface ZoneSubnets {
  zone: PlannedZone;
  public: ec2.Subnet;
  private: ec2.Subnet;
}

/** Makes a network: subnets in each zone, the ways out of them, endpoints and logs. */
export function createNetwork(
  name: string,
  plan: NetworkPlan,
  { subject, tags }: NewNetwork,
  opts: pulumi.CustomResourceOptions,
): NetworkOutputs {
  const named = (part: string): Record<string, string> => ({ ...tags, Name: `${name}-${part}` });
  const vpc = new ec2.Vpc(
    name,
    {
      cidrBlock: plan.cidr,
      assignGeneratedIpv6CidrBlock: plan.ipv6 || undefined,
      // Endpoints answer under the names of their services only where names resolve.
      enableDnsSupport: true,
      enableDnsHostnames: true,
      tags: { Name: name, ...tags },
    },
    opts,
  );
  // It cannot be deleted, and whatever forgets to name a group gets it: so it lets nothing through.
  new ec2.DefaultSecurityGroup(`${name}-default`, { vpcId: vpc.id, tags: named("default") }, opts);

  const subnets = zoneSubnets(name, plan, { vpc, subject, named }, opts);
  const internet = publicWay(name, { plan, vpc, subnets, named }, opts);
  const inside = privateWays(name, { plan, vpc, subnets, named, internet: internet.gateway }, opts);
  const routeTables = [internet.routeTable, ...inside.routeTables];
  const endpoints = [
    ...(plan.s3 ? [s3Endpoint(name, { vpc, routeTables, named }, opts)] : []),
    ...interfaceEndpoints(name, { plan, vpc, subnets, named, tags }, opts),
  ];
  const services = endpoints.map((endpoint) => endpoint.vpcEndpointType);
  if (plan.flowLogs) logFlows(name, { logs: plan.flowLogs, vpc, tags }, opts);

  return {
    vpcId: vpc.id,
    publicSubnetIds: pulumi.all(
      subnets.map(({ zone, public: subnet }) => once(subnet.id, internet.ready.get(zone.letter)!)),
    ),
    privateSubnetIds: pulumi.all(
      subnets.map(({ zone, private: subnet }) => once(subnet.id, [...inside.ready.get(zone.letter)!, ...services])),
    ),
    zones: pulumi.all(subnets.map((each) => each.public.availabilityZone)),
    cidrBlocks: pulumi.output([plan.cidr]),
    publicCidrs: pulumi.output(plan.publicCidrs),
    ipv6CidrBlock: plan.ipv6 ? vpc.ipv6CidrBlock : pulumi.output(""),
  };
}

interface SubnetNeeds {
  vpc: ec2.Vpc;
  subject: string;
  named: (part: string) => Record<string, string>;
}

function zoneSubnets(
  name: string,
  plan: NetworkPlan,
  { vpc, subject, named }: SubnetNeeds,
  opts: pulumi.CustomResourceOptions,
): ZoneSubnets[] {
  const zoneFor = zoneLookup(plan, subject, opts);
  const made: ZoneSubnets[] = [];
  for (const zone of plan.zones) {
    const subnet = (tier: Tier, availabilityZone: pulumi.Input<string>): ec2.Subnet => {
      const { block, cidr, key } = zone[tier];
      return new ec2.Subnet(
        `${name}-${key}`,
        {
          vpcId: vpc.id,
          availabilityZone,
          cidrBlock: cidr,
          ipv6CidrBlock: plan.ipv6 ? vpc.ipv6CidrBlock.apply((all) => ipv6Block(all, block)) : undefined,
          // A machine needs the Internet from its first second; an Elastic IP takes the place of this address later.
          mapPublicIpOnLaunch: tier === Tier.Public,
          tags: named(key),
        },
        // A zone that AWS lists first one day must not move a subnet.
        { ...opts, ignoreChanges: zone.name === null ? ["availabilityZone"] : [] },
      );
    };
    const outside = subnet(
      Tier.Public,
      zoneFor(
        zone,
        made.map((each) => each.public.availabilityZone),
      ),
    );
    made.push({ zone, public: outside, private: subnet(Tier.Private, outside.availabilityZone) });
  }
  return made;
}

/**
 * An id that is given away once what it needs is there. What is waited for are inputs, which a preview knows: an id that it did
 * not know would look like another subnet to everything in it.
 */
function once(id: pulumi.Output<string>, needs: pulumi.Output<unknown>[]): pulumi.Output<string> {
  return pulumi.all([id, pulumi.all(needs)]).apply(([known]) => known);
}
