import type { ApiCall, Parameters } from "../api-call";
import { given, Inputs } from "../inputs";
import type { RecordedResource } from "../recorded-state";
import { prefixed, tagged } from "./ec2-parameters";

export function securityGroupCalls(resource: RecordedResource): ApiCall[] {
  const inputs = new Inputs(resource);
  inputs.leave("region", "revokeRulesOnDelete");
  const [GroupName, Description] = [inputs.take("name"), inputs.take("description")];
  const parameters = given({
    GroupName,
    Description,
    VpcId: inputs.take("vpcId"),
    TagSpecifications: tagged("security-group", inputs.take("tags")),
  }) as Parameters;
  inputs.done();
  const create: ApiCall = {
    urn: resource.urn,
    service: "ec2",
    operation: "CreateSecurityGroup",
    parameters,
    draws: { id: resource.id, from: "GroupId" },
    readBack: {
      operation: "DescribeSecurityGroups",
      parameters: { GroupIds: [resource.id] },
      expected: prefixed("SecurityGroups[0].", { GroupName, Description }),
    },
  };
  // AWS opens a new group's egress to everywhere; the provider closes it at once. Where the network has IPv6 there is a rule
  // for that, too, which the provider tries to take away and the recorded group does not tell of.
  const everywhere = { IpProtocol: "-1", IpRanges: [{ CidrIp: "0.0.0.0/0" }] };
  const close: ApiCall = {
    urn: resource.urn,
    service: "ec2",
    operation: "RevokeSecurityGroupEgress",
    parameters: { GroupId: resource.id, IpPermissions: [everywhere] },
    readBack: {
      operation: "DescribeSecurityGroups",
      parameters: { GroupIds: [resource.id] },
      expected: { "SecurityGroups[0].IpPermissionsEgress[].IpRanges[].CidrIp": [] },
    },
  };
  return [create, close];
}

export function securityGroupRuleCalls(resource: RecordedResource): ApiCall[] {
  const inputs = new Inputs(resource);
  inputs.leave("region");
  const direction = resource.type.includes("Ingress") ? "Ingress" : "Egress";
  const GroupId = inputs.take("securityGroupId");
  const Description = inputs.take("description");
  const cidr = inputs.take("cidrIpv4");
  const cidr6 = inputs.take("cidrIpv6");
  const prefixList = inputs.take("prefixListId");
  const group = inputs.take("referencedSecurityGroupId");
  const permission = given({
    IpProtocol: inputs.take("ipProtocol"),
    FromPort: inputs.take("fromPort"),
    ToPort: inputs.take("toPort"),
    IpRanges: cidr === undefined ? undefined : [given({ CidrIp: cidr, Description })],
    Ipv6Ranges: cidr6 === undefined ? undefined : [given({ CidrIpv6: cidr6, Description })],
    PrefixListIds: prefixList === undefined ? undefined : [given({ PrefixListId: prefixList, Description })],
    UserIdGroupPairs: group === undefined ? undefined : [given({ GroupId: group, Description })],
  });
  const tags = tagged("security-group-rule", inputs.take("tags"));
  inputs.done();
  const expected = {
    "length(SecurityGroupRules)": 1,
    "SecurityGroupRules[0].IsEgress": direction === "Egress",
    "SecurityGroupRules[0].CidrIpv4": cidr ?? null,
    "SecurityGroupRules[0].CidrIpv6": cidr6 ?? null,
  };
  return [
    {
      urn: resource.urn,
      service: "ec2",
      operation: `AuthorizeSecurityGroup${direction}`,
      parameters: { GroupId, IpPermissions: [permission], ...(tags && { TagSpecifications: tags }) },
      draws: { id: resource.id, from: "SecurityGroupRules[0].SecurityGroupRuleId" },
      readBack: {
        operation: "DescribeSecurityGroupRules",
        parameters: { SecurityGroupRuleIds: [resource.id] },
        expected,
      },
    },
  ];
}

export function eipCalls(resource: RecordedResource): ApiCall[] {
  const inputs = new Inputs(resource);
  inputs.leave("region");
  const Domain = inputs.take("domain");
  const parameters = given({ Domain, TagSpecifications: tagged("elastic-ip", inputs.take("tags")) }) as Parameters;
  inputs.done();
  return [
    {
      urn: resource.urn,
      service: "ec2",
      operation: "AllocateAddress",
      parameters,
      draws: { id: resource.id, from: "AllocationId" },
      readBack: {
        operation: "DescribeAddresses",
        parameters: { AllocationIds: [resource.id] },
        expected: { "Addresses[0].Domain": Domain },
      },
    },
  ];
}

export function eipAssociationCalls(resource: RecordedResource): ApiCall[] {
  const inputs = new Inputs(resource);
  inputs.leave("region");
  const AllocationId = inputs.take("allocationId");
  const InstanceId = inputs.take("instanceId");
  const parameters = given({ AllocationId, InstanceId, AllowReassociation: inputs.take("allowReassociation") });
  inputs.done();
  return [
    {
      urn: resource.urn,
      service: "ec2",
      operation: "AssociateAddress",
      parameters: parameters as Parameters,
      draws: { id: resource.id, from: "AssociationId" },
      readBack: {
        operation: "DescribeAddresses",
        parameters: { AllocationIds: [AllocationId] },
        expected: { "Addresses[0].InstanceId": InstanceId },
      },
    },
  ];
}
