import * as ec2 from "@pulumi/aws/ec2";
import * as pulumi from "@pulumi/pulumi";
import { SecurityGroup } from "../security-group";
import type { ZoneSubnets } from "./create-network";
import type { NetworkPlan } from "./plan-network";

type Named = (part: string) => Record<string, string>;

/** S3 by the routes of all subnets: without it, what private subnets read would go through, and be paid at, a NAT gateway. */
export function s3Endpoint(
  name: string,
  { vpc, routeTables, named }: { vpc: ec2.Vpc; routeTables: ec2.RouteTable[]; named: Named },
  opts: pulumi.CustomResourceOptions,
): ec2.VpcEndpoint {
  return new ec2.VpcEndpoint(
    `${name}-s3`,
    {
      vpcId: vpc.id,
      serviceName: pulumi.interpolate`com.amazonaws.${vpc.region}.s3`,
      vpcEndpointType: "Gateway",
      routeTableIds: routeTables.map(({ id }) => id),
      tags: named("s3"),
    },
    opts,
  );
}

/** Interfaces of services in the private subnets, that everything in the network may speak HTTPS with. */
export function interfaceEndpoints(
  name: string,
  {
    plan,
    vpc,
    subnets,
    named,
    tags,
  }: { plan: NetworkPlan; vpc: ec2.Vpc; subnets: ZoneSubnets[]; named: Named; tags?: Record<string, string> },
  opts: pulumi.CustomResourceOptions,
): ec2.VpcEndpoint[] {
  if (plan.interfaces.length === 0) return [];
  const ingress = [{ port: "https", peer: plan.cidr }];
  const group = new SecurityGroup(`${name}-endpoints`, { vpcId: vpc.id, ingress, tags }, opts);
  return plan.interfaces.map(
    (service) =>
      new ec2.VpcEndpoint(
        `${name}-${service}`,
        {
          vpcId: vpc.id,
          serviceName: pulumi.interpolate`com.amazonaws.${vpc.region}.${service}`,
          vpcEndpointType: "Interface",
          subnetIds: subnets.map((each) => each.private.id),
          securityGroupIds: [group.groupId],
          // So that programs find it under the service's usual name.
          privateDnsEnabled: true,
          tags: named(service),
        },
        opts,
      ),
  );
}
