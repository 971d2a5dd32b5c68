import type { ApiCall, Parameters } from "../api-call";
import { given, Inputs } from "../inputs";
import type { RecordedResource } from "../recorded-state";
import { prefixed, tagged } from "./ec2-parameters";

export function vpcCalls(resource: RecordedResource): ApiCall[] {
  const inputs = new Inputs(resource);
  // Names resolve in every new network; the provider says so only where they should not.
  inputs.leave("region", "enableDnsSupport");
  const CidrBlock = inputs.take("cidrBlock");
  const ipv6 = inputs.take("assignGeneratedIpv6CidrBlock");
  const hostnames = inputs.take("enableDnsHostnames");
  const parameters = given({
    CidrBlock,
    AmazonProvidedIpv6CidrBlock: ipv6,
    InstanceTenancy: inputs.take("instanceTenancy"),
    TagSpecifications: tagged("vpc", inputs.take("tags")),
  }) as Parameters;
  inputs.done();
  const call = { urn: resource.urn, service: "ec2" };
  const create: ApiCall = {
    ...call,
    operation: "CreateVpc",
    parameters,
    draws: { id: resource.id, from: "Vpc.VpcId" },
    readBack: {
      operation: "DescribeVpcs",
      parameters: { VpcIds: [resource.id] },
      expected: {
        "Vpcs[0].CidrBlock": CidrBlock,
        "length(Vpcs[0].Ipv6CidrBlockAssociationSet || `[]`)": ipv6 === true ? 1 : 0,
      },
    },
  };
  if (hostnames === undefined) return [create];
  const name: ApiCall = {
    ...call,
    operation: "ModifyVpcAttribute",
    parameters: { VpcId: resource.id, EnableDnsHostnames: { Value: hostnames } },
    readBack: {
      operation: "DescribeVpcAttribute",
      parameters: { VpcId: resource.id, Attribute: "enableDnsHostnames" },
      expected: { "EnableDnsHostnames.Value": hostnames },
    },
  };
  return [create, name];
}

export function subnetCalls(resource: RecordedResource): ApiCall[] {
  const inputs = new Inputs(resource);
  const offByDefault = [
    "assignIpv6AddressOnCreation",
    "enableDns64",
    "enableResourceNameDnsARecordOnLaunch",
    "enableResourceNameDnsAaaaRecordOnLaunch",
    "ipv6Native",
  ];
  inputs.leave("region", ...offByDefault.filter((name) => resource.inputs[name] === false));
  const [CidrBlock, AvailabilityZone] = [inputs.take("cidrBlock"), inputs.take("availabilityZone")];
  const isPublic = inputs.take("mapPublicIpOnLaunch");
  const parameters = given({
    VpcId: inputs.take("vpcId"),
    CidrBlock,
    AvailabilityZone,
    Ipv6CidrBlock: inputs.take("ipv6CidrBlock"),
    TagSpecifications: tagged("subnet", inputs.take("tags")),
  }) as Parameters;
  inputs.done();
  const call = { urn: resource.urn, service: "ec2" };
  const describe = { operation: "DescribeSubnets", parameters: { SubnetIds: [resource.id] } };
  const create: ApiCall = {
    ...call,
    operation: "CreateSubnet",
    parameters,
    draws: { id: resource.id, from: "Subnet.SubnetId" },
    readBack: { ...describe, expected: prefixed("Subnets[0].", { CidrBlock, AvailabilityZone }) },
  };
  const map: ApiCall = {
    ...call,
    operation: "ModifySubnetAttribute",
    parameters: { SubnetId: resource.id, MapPublicIpOnLaunch: { Value: isPublic } },
    readBack: { ...describe, expected: { "Subnets[0].MapPublicIpOnLaunch": isPublic } },
  };
  return isPublic === true ? [create, map] : [create];
}

export function internetGatewayCalls(resource: RecordedResource): ApiCall[] {
  const inputs = new Inputs(resource);
  inputs.leave("region");
  const VpcId = inputs.take("vpcId");
  const parameters = given({ TagSpecifications: tagged("internet-gateway", inputs.take("tags")) }) ?? {};
  inputs.done();
  const call = { urn: resource.urn, service: "ec2" };
  return [
    {
      ...call,
      operation: "CreateInternetGateway",
      parameters,
      draws: { id: resource.id, from: "InternetGateway.InternetGatewayId" },
    },
    {
      ...call,
      operation: "AttachInternetGateway",
      parameters: { InternetGatewayId: resource.id, VpcId },
      readBack: {
        operation: "DescribeInternetGateways",
        parameters: { InternetGatewayIds: [resource.id] },
        expected: { "InternetGateways[0].Attachments[].VpcId": [VpcId] },
      },
    },
  ];
}

export function egressOnlyInternetGatewayCalls(resource: RecordedResource): ApiCall[] {
  const inputs = new Inputs(resource);
  inputs.leave("region");
  const VpcId = inputs.take("vpcId");
  const tags = tagged("egress-only-internet-gateway", inputs.take("tags"));
  inputs.done();
  return [
    {
      urn: resource.urn,
      service: "ec2",
      operation: "CreateEgressOnlyInternetGateway",
      parameters: { VpcId, ...(tags && { TagSpecifications: tags }) },
      draws: { id: resource.id, from: "EgressOnlyInternetGateway.EgressOnlyInternetGatewayId" },
      readBack: {
        operation: "DescribeEgressOnlyInternetGateways",
        parameters: { EgressOnlyInternetGatewayIds: [resource.id] },
        expected: { "EgressOnlyInternetGateways[0].Attachments[].VpcId": [VpcId] },
      },
    },
  ];
}

export function natGatewayCalls(resource: RecordedResource): ApiCall[] {
  const inputs = new Inputs(resource);
  inputs.leave("region");
  const [SubnetId, ConnectivityType] = [inputs.take("subnetId"), inputs.take("connectivityType")];
  const AllocationId = inputs.take("allocationId");
  const parameters = given({
    SubnetId,
    AllocationId,
    ConnectivityType,
    TagSpecifications: tagged("natgateway", inputs.take("tags")),
  }) as Parameters;
  inputs.done();
  return [
    {
      urn: resource.urn,
      service: "ec2",
      operation: "CreateNatGateway",
      parameters,
      draws: { id: resource.id, from: "NatGateway.NatGatewayId" },
      readBack: {
        operation: "DescribeNatGateways",
        parameters: { NatGatewayIds: [resource.id] },
        expected: {
          "NatGateways[0].SubnetId": SubnetId,
          "NatGateways[0].NatGatewayAddresses[].AllocationId": [AllocationId],
        },
      },
    },
  ];
}

/** The provider takes over the group that came with the network, and takes away the rules that it came with. */
export function defaultSecurityGroupCalls(resource: RecordedResource): ApiCall[] {
  const inputs = new Inputs(resource);
  inputs.leave("region", "revokeRulesOnDelete");
  const VpcId = inputs.take("vpcId");
  const tags = inputs.take<Record<string, string>>("tags") ?? {};
  inputs.done();
  const call = { urn: resource.urn, service: "ec2" };
  const GroupId = resource.id;
  const readBack = (part: string): ApiCall["readBack"] => ({
    operation: "DescribeSecurityGroups",
    parameters: { GroupIds: [GroupId] },
    expected: { [`SecurityGroups[0].${part}`]: [] },
  });
  const ofItself = { IpProtocol: "-1", UserIdGroupPairs: [{ GroupId }] };
  const everywhere = { IpProtocol: "-1", IpRanges: [{ CidrIp: "0.0.0.0/0" }] };
  return [
    {
      ...call,
      operation: "DescribeSecurityGroups",
      parameters: {
        Filters: [
          { Name: "group-name", Values: ["default"] },
          { Name: "vpc-id", Values: [VpcId] },
        ],
      },
      draws: { id: GroupId, from: "SecurityGroups[0].GroupId" },
    },
    {
      ...call,
      operation: "CreateTags",
      parameters: { Resources: [GroupId], Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) },
    },
    {
      ...call,
      operation: "RevokeSecurityGroupIngress",
      parameters: { GroupId, IpPermissions: [ofItself] },
      readBack: readBack("IpPermissions"),
      motoRefuses: {
        reason:
          "in AWS the group's members reach each other (VPC User Guide, Default security groups), in moto they do not",
        error: /InvalidPermission\.NotFound/,
      },
    },
    {
      ...call,
      operation: "RevokeSecurityGroupEgress",
      parameters: { GroupId, IpPermissions: [everywhere] },
      // Where the network has IPv6 there is a rule for that, too. The provider asks; the recorded group does not tell.
      readBack: readBack("IpPermissionsEgress[].IpRanges[].CidrIp"),
    },
  ];
}
