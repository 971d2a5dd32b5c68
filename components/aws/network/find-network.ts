import * as ec2 from "@pulumi/aws/ec2";
import * as pulumi from "@pulumi/pulumi";
import type { Problem } from "../../app/problem";
import { inputProblems } from "../../input-problems";
import { sharedZoneProblems, straySubnetProblems } from "./check-network";
import { ExistingNetworkArgs } from "./network-args";

/** What a network tells, whichever way it came about. */
export interface NetworkOutputs {
  vpcId: pulumi.Output<string>;
  publicSubnetIds: pulumi.Output<string[]>;
  privateSubnetIds: pulumi.Output<string[]>;
  zones: pulumi.Output<string[]>;
  cidrBlocks: pulumi.Output<string[]>;
  publicCidrs: pulumi.Output<string[]>;
  ipv6CidrBlock: pulumi.Output<string>;
}

/** Subnets of one network, as AWS describes them. */
interface FoundSubnets {
  vpcId: string;
  publicSubnets: ec2.GetSubnetResult[];
  privateSubnets: ec2.GetSubnetResult[];
}

/** The account's default network: its default subnets, one of each zone. */
export function defaultNetwork(subject: string, opts: pulumi.InvokeOptions): NetworkOutputs {
  const ids = ec2.getSubnetsOutput({ filters: [{ name: "default-for-az", values: ["true"] }] }, opts).ids;
  const found = ids
    .apply((all) => subnetsOf(all, opts))
    .apply((subnets): FoundSubnets => {
      // AWS lists them in any order.
      const publicSubnets = [...subnets].sort((a, b) => (a.availabilityZone < b.availabilityZone ? -1 : 1));
      const [first] = publicSubnets;
      if (first) return { vpcId: first.vpcId, publicSubnets, privateSubnets: [] };
      const reason = "is needed: the account has no default VPC with subnets in this region";
      throw inputProblems(subject, [{ path: "create", reason, fix: "make a network by {}, or name an existing one" }]);
    });
  return described(found, opts);
}

/** A network that is named, once its subnets are found to lie in it, each in a zone of its own. */
export function existingNetwork(
  args: ExistingNetworkArgs,
  subject: string,
  opts: pulumi.InvokeOptions,
): NetworkOutputs {
  const { vpcId, publicSubnetIds, privateSubnetIds = [] } = args;
  const there = ec2.getSubnetsOutput({ filters: [{ name: "vpc-id", values: [vpcId] }] }, opts).ids;
  const refuse = (problems: readonly Problem[]): void => {
    if (problems.length) throw inputProblems(subject, problems);
  };
  const found = pulumi
    .all([pulumi.output(vpcId), there, pulumi.all(publicSubnetIds), pulumi.all(privateSubnetIds)])
    .apply(([id, subnetIds, publicIds, privateIds]) => {
      refuse([
        ...straySubnetProblems("existing.publicSubnetIds", publicIds, { id, subnetIds }),
        ...straySubnetProblems("existing.privateSubnetIds", privateIds, { id, subnetIds }),
      ]);
      return pulumi.all([pulumi.output(id), subnetsOf(publicIds, opts), subnetsOf(privateIds, opts)]);
    })
    .apply(([id, publicSubnets, privateSubnets]): FoundSubnets => {
      refuse([
        ...sharedZoneProblems("existing.publicSubnetIds", publicSubnets),
        ...sharedZoneProblems("existing.privateSubnetIds", privateSubnets),
      ]);
      return { vpcId: id, publicSubnets, privateSubnets };
    });
  return described(found, opts);
}

function subnetsOf(ids: readonly string[], opts: pulumi.InvokeOptions): pulumi.Output<ec2.GetSubnetResult[]> {
  return pulumi.all(ids.map((id) => ec2.getSubnetOutput({ id }, opts)));
}

function described(subnets: pulumi.Output<FoundSubnets>, opts: pulumi.InvokeOptions): NetworkOutputs {
  // One after the other, so that what is wrong is said once.
  const found = subnets.apply((all) => ec2.getVpcOutput({ id: all.vpcId }, opts).apply((vpc) => ({ ...all, vpc })));
  return {
    vpcId: found.apply(({ vpcId }) => vpcId),
    publicSubnetIds: found.apply(({ publicSubnets }) => publicSubnets.map(({ id }) => id)),
    privateSubnetIds: found.apply(({ privateSubnets }) => privateSubnets.map(({ id }) => id)),
    zones: found.apply(({ publicSubnets }) => publicSubnets.map(({ availabilityZone }) => availabilityZone)),
    cidrBlocks: found.apply(({ vpc }) =>
      vpc.cidrBlockAssociations.filter(({ state }) => state === "associated").map(({ cidrBlock }) => cidrBlock),
    ),
    publicCidrs: found.apply(({ publicSubnets }) => publicSubnets.map(({ cidrBlock }) => cidrBlock)),
    ipv6CidrBlock: found.apply(({ vpc }) => vpc.ipv6CidrBlock),
  };
}
