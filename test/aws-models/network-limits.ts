import type { Limit } from "./limits";

const address = String.raw`\d{1,3}(\.\d{1,3}){3}`;

/** What networks of EC2 may be like. */
export const networkLimits: readonly Limit[] = [
  {
    operation: "ec2.CreateVpc",
    path: "CidrBlock",
    pattern: `${address}/(1[6-9]|2[0-8])`,
    source: "Amazon VPC User Guide, VPC CIDR blocks: from /28 to /16",
  },
  {
    operation: "ec2.CreateSubnet",
    path: "CidrBlock",
    pattern: `${address}/(1[6-9]|2[0-8])`,
    source: "Amazon VPC User Guide, Subnet CIDR blocks: from /28 to /16",
  },
  {
    operation: "ec2.CreateSubnet",
    path: "Ipv6CidrBlock",
    pattern: "[0-9a-f:]+/(44|48|52|56|60|64)",
    source: "Amazon VPC User Guide, Subnet CIDR blocks: from /44 to /64 in steps of 4",
  },
  {
    operation: "ec2.CreateRoute",
    path: "DestinationCidrBlock",
    pattern: `${address}/\\d{1,2}`,
    source: "EC2 API Reference, CreateRoute",
  },
  {
    operation: "ec2.CreateFlowLogs",
    path: "MaxAggregationInterval",
    range: [60, 600],
    source: "EC2 API Reference, CreateFlowLogs: 60 or 600 seconds",
  },
  {
    operation: "logs.PutRetentionPolicy",
    path: "retentionInDays",
    range: [1, 3653],
    source: "CloudWatch Logs API Reference, PutRetentionPolicy",
  },
];
