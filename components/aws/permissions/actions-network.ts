import type { KindActions } from "./kind-actions";

/** What EC2 needs for machines, disks and networks. */
export const networkActions: KindActions = {
  "aws:ebs/volume:Volume": {
    ec2: [
      ...["CreateVolume", "DescribeVolumes", "ModifyVolume", "DescribeVolumesModifications", "DeleteVolume"],
      // The zone that machines go to is looked up first.
      ...["CreateTags", "DeleteTags", "DescribeInstanceTypeOfferings", "DescribeSubnets"],
    ],
  },
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": {
    ec2: [
      ...["DescribeSecurityGroups", "DescribeSecurityGroupRules", "CreateTags", "DeleteTags"],
      ...["RevokeSecurityGroupIngress", "RevokeSecurityGroupEgress"],
    ],
  },
  "aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway": {
    ec2: [
      ...["CreateEgressOnlyInternetGateway", "DescribeEgressOnlyInternetGateways", "DeleteEgressOnlyInternetGateway"],
      ...["CreateTags", "DeleteTags"],
    ],
  },
  "aws:ec2/eip:Eip": {
    ec2: [
      "AllocateAddress",
      "DescribeAddresses",
      "DescribeAddressesAttribute",
      "ReleaseAddress",
      "CreateTags",
      "DeleteTags",
    ],
  },
  "aws:ec2/eipAssociation:EipAssociation": { ec2: ["AssociateAddress", "DescribeAddresses", "DisassociateAddress"] },
  "aws:ec2/flowLog:FlowLog": {
    ec2: ["CreateFlowLogs", "DescribeFlowLogs", "DeleteFlowLogs", "CreateTags", "DeleteTags"],
    logs: ["CreateLogDelivery", "DeleteLogDelivery"],
    iam: ["PassRole"],
  },
  "aws:ec2/instance:Instance": {
    ec2: [
      ...["RunInstances", "DescribeInstances", "DescribeInstanceAttribute", "DescribeInstanceTypes", "DescribeImages"],
      ...["ModifyInstanceAttribute", "ModifyInstanceMetadataOptions", "StartInstances", "StopInstances"],
      ...["TerminateInstances", "DescribeVolumes", "DescribeTags", "DescribeInstanceCreditSpecifications"],
      ...["DescribeSubnets", "DescribeVpcs", "CreateTags", "DeleteTags", "DescribeIamInstanceProfileAssociations"],
    ],
    iam: ["PassRole", "GetInstanceProfile"],
    // Debian says by a public parameter which image is the newest.
    ssm: ["GetParameter"],
  },
  "aws:ec2/internetGateway:InternetGateway": {
    ec2: [
      ...["CreateInternetGateway", "AttachInternetGateway", "DescribeInternetGateways", "DetachInternetGateway"],
      ...["DeleteInternetGateway", "CreateTags", "DeleteTags"],
    ],
  },
  "aws:ec2/keyPair:KeyPair": {
    ec2: ["ImportKeyPair", "DescribeKeyPairs", "DeleteKeyPair", "CreateTags", "DeleteTags"],
  },
  "aws:ec2/launchTemplate:LaunchTemplate": {
    ec2: [
      ...["CreateLaunchTemplate", "CreateLaunchTemplateVersion", "DescribeLaunchTemplates", "ModifyLaunchTemplate"],
      ...["DescribeLaunchTemplateVersions", "DeleteLaunchTemplate", "CreateTags", "DeleteTags", "DescribeSubnets"],
    ],
    iam: ["PassRole"],
    ssm: ["GetParameter"],
  },
  "aws:ec2/natGateway:NatGateway": {
    ec2: ["CreateNatGateway", "DescribeNatGateways", "DeleteNatGateway", "CreateTags", "DeleteTags"],
  },
  "aws:ec2/route:Route": { ec2: ["CreateRoute", "DescribeRouteTables", "ReplaceRoute", "DeleteRoute"] },
  "aws:ec2/routeTable:RouteTable": {
    ec2: ["CreateRouteTable", "DescribeRouteTables", "DeleteRouteTable", "CreateTags", "DeleteTags"],
  },
  "aws:ec2/routeTableAssociation:RouteTableAssociation": {
    ec2: ["AssociateRouteTable", "DescribeRouteTables", "ReplaceRouteTableAssociation", "DisassociateRouteTable"],
  },
  "aws:ec2/securityGroup:SecurityGroup": {
    ec2: [
      ...["CreateSecurityGroup", "DescribeSecurityGroups", "DeleteSecurityGroup", "RevokeSecurityGroupEgress"],
      ...["RevokeSecurityGroupIngress", "DescribeNetworkInterfaces", "DescribeVpcs", "CreateTags", "DeleteTags"],
    ],
  },
  "aws:ec2/subnet:Subnet": {
    ec2: [
      ...["CreateSubnet", "DescribeSubnets", "ModifySubnetAttribute", "DeleteSubnet", "DescribeNetworkInterfaces"],
      ...["DescribeAvailabilityZones", "CreateTags", "DeleteTags"],
    ],
  },
  "aws:ec2/volumeAttachment:VolumeAttachment": {
    ec2: ["AttachVolume", "DescribeVolumes", "DetachVolume", "DescribeInstances", "StopInstances"],
  },
  "aws:ec2/vpc:Vpc": {
    ec2: [
      ...["CreateVpc", "DescribeVpcs", "DescribeVpcAttribute", "ModifyVpcAttribute", "DeleteVpc"],
      ...["DescribeNetworkAcls", "DescribeRouteTables", "DescribeSecurityGroups", "CreateTags", "DeleteTags"],
    ],
  },
  "aws:ec2/vpcEndpoint:VpcEndpoint": {
    ec2: [
      ...["CreateVpcEndpoint", "DescribeVpcEndpoints", "ModifyVpcEndpoint", "DeleteVpcEndpoints"],
      ...["DescribePrefixLists", "DescribeNetworkInterfaces", "CreateTags", "DeleteTags"],
    ],
  },
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": {
    ec2: [
      ...["AuthorizeSecurityGroupEgress", "DescribeSecurityGroupRules", "ModifySecurityGroupRules"],
      ...["RevokeSecurityGroupEgress", "CreateTags", "DeleteTags"],
    ],
  },
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": {
    ec2: [
      ...["AuthorizeSecurityGroupIngress", "DescribeSecurityGroupRules", "ModifySecurityGroupRules"],
      ...["RevokeSecurityGroupIngress", "CreateTags", "DeleteTags", "DescribeManagedPrefixLists"],
    ],
  },
};
