import * as ec2 from "@pulumi/aws/ec2";
import * as pulumi from "@pulumi/pulumi";
import type { ZoneSubnets } from "./create-network";
import type { NetworkPlan } from "./plan-network";

/** The network that ways lead out of. */
interface Inside {
  plan: NetworkPlan;
  vpc: ec2.Vpc;
  subnets: ZoneSubnets[];
  named: (part: string) => Record<string, string>;
}

/**
 * What is resolved once the way of a subnet is there, by the letter of its zone. For a subnet that exists a preview knows it,
 * also while another zone or gateway is added.
 */
type Ready = Map<string, pulumi.Output<unknown>[]>;

/** The way of public subnets to the Internet, and back. */
interface PublicWay {
  gateway: ec2.InternetGateway;
  routeTable: ec2.RouteTable;
  ready: Ready;
}

/** The ways of private subnets. */
interface PrivateWays {
  routeTables: ec2.RouteTable[];
  ready: Ready;
}

const everywhere = { ipv4: "0.0.0.0/0", ipv6: "::/0" };

/** One way for all public subnets: a gateway belongs to the network, not to a zone. */
export function publicWay(
  name: string,
  { plan, vpc, subnets, named }: Inside,
  opts: pulumi.CustomResourceOptions,
): PublicWay {
  const gateway = new ec2.InternetGateway(name, { vpcId: vpc.id, tags: named("internet") }, opts);
  const routeTable = new ec2.RouteTable(`${name}-public`, { vpcId: vpc.id, tags: named("public") }, opts);
  const of = { routeTableId: routeTable.id, gatewayId: gateway.id };
  const routes: pulumi.Output<unknown>[] = [
    new ec2.Route(`${name}-public-ipv4`, { ...of, destinationCidrBlock: everywhere.ipv4 }, opts).destinationCidrBlock,
  ];
  if (plan.ipv6) {
    const route = new ec2.Route(`${name}-public-ipv6`, { ...of, destinationIpv6CidrBlock: everywhere.ipv6 }, opts);
    routes.push(route.destinationIpv6CidrBlock);
  }
  const ready: Ready = new Map();
  for (const { zone, public: subnet } of subnets) {
    const association = associated(`${name}-${zone.public.key}`, routeTable, subnet, opts);
    ready.set(zone.letter, [...routes, association.subnetId]);
  }
  return { gateway, routeTable, ready };
}

/** A way for each private subnet, whether it leads anywhere or not: another choice of gateways then changes routes only. */
export function privateWays(
  name: string,
  { plan, vpc, subnets, named, internet }: Inside & { internet: ec2.InternetGateway },
  opts: pulumi.CustomResourceOptions,
): PrivateWays {
  const gateways = natGateways(name, { plan, subnets, named, internet }, opts);
  const egressOnly = plan.ipv6
    ? new ec2.EgressOnlyInternetGateway(name, { vpcId: vpc.id, tags: named("egress-only") }, opts)
    : undefined;
  const routeTables: ec2.RouteTable[] = [];
  const ready: Ready = new Map();
  for (const { zone, private: subnet } of subnets) {
    const { key } = zone.private;
    const routeTable = new ec2.RouteTable(`${name}-${key}`, { vpcId: vpc.id, tags: named(key) }, opts);
    const routeTableId = routeTable.id;
    const needs: pulumi.Output<unknown>[] = [];
    const nat = zone.natLetter === null ? undefined : gateways.get(zone.natLetter);
    if (nat) {
      const out = { routeTableId, destinationCidrBlock: everywhere.ipv4, natGatewayId: nat.id };
      needs.push(new ec2.Route(`${name}-${key}-ipv4`, out, opts).destinationCidrBlock);
    }
    if (egressOnly) {
      const out = { routeTableId, destinationIpv6CidrBlock: everywhere.ipv6, egressOnlyGatewayId: egressOnly.id };
      needs.push(new ec2.Route(`${name}-${key}-ipv6`, out, opts).destinationIpv6CidrBlock);
    }
    routeTables.push(routeTable);
    needs.push(associated(`${name}-${key}`, routeTable, subnet, opts).subnetId);
    ready.set(zone.letter, needs);
  }
  return { routeTables, ready };
}

/** The NAT gateways, by the letter of their zone; each with an address that stays. */
function natGateways(
  name: string,
  { plan, subnets, named, internet }: Omit<Inside, "vpc"> & { internet: ec2.InternetGateway },
  opts: pulumi.CustomResourceOptions,
): Map<string, ec2.NatGateway> {
  const there = subnets.filter(({ zone }) => plan.natLetters.includes(zone.letter));
  return new Map(
    there.map(({ zone, public: subnet }) => {
      const part = `nat-${zone.letter}`;
      // It speaks through the Internet gateway, which cannot leave before it (EC2 API Reference, CreateNatGateway).
      const after = { ...opts, dependsOn: [internet] };
      const address = new ec2.Eip(`${name}-${part}`, { domain: "vpc", tags: named(part) }, after);
      const gateway = new ec2.NatGateway(
        `${name}-${part}`,
        { allocationId: address.allocationId, subnetId: subnet.id, tags: named(part) },
        after,
      );
      return [zone.letter, gateway];
    }),
  );
}

function associated(
  name: string,
  routeTable: ec2.RouteTable,
  subnet: ec2.Subnet,
  opts: pulumi.CustomResourceOptions,
): ec2.RouteTableAssociation {
  return new ec2.RouteTableAssociation(name, { routeTableId: routeTable.id, subnetId: subnet.id }, opts);
}
