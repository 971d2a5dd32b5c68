import type { Input } from "@pulumi/pulumi";

/** Gateways that private subnets reach the Internet through by IPv4. */
export const NatGateways = {
  /** None: what is in a private subnet reaches AWS by endpoints, and nothing else by IPv4. */
  None: "none",
  /** One for all zones, in the first: when that zone fails, no private subnet gets out. */
  One: "one",
  /** One in each zone: no zone needs another, and no traffic is paid between zones. */
  PerZone: "per-zone",
} as const;
export type NatGateways = (typeof NatGateways)[keyof typeof NatGateways];

/** Services that a network can reach inside of AWS, by interfaces of its own. */
export const InterfaceEndpoint = {
  /** Systems Manager: what makes a machine a managed one, and Parameter Store. */
  Ssm: "ssm",
  /** The agent's channel: commands and sessions. */
  SsmMessages: "ssmmessages",
  /** The channel of agents before 3.3.40.0; regions opened since 2024 do not have it. */
  Ec2Messages: "ec2messages",
  /** Auto Scaling: machines of a fleet say there that they are healthy. */
  AutoScaling: "autoscaling",
  /** CloudWatch: where the agent of a machine that is watched reports its metrics. */
  Monitoring: "monitoring",
  /** CloudWatch Logs: where it brings the logs. */
  Logs: "logs",
} as const;
export type InterfaceEndpoint = (typeof InterfaceEndpoint)[keyof typeof InterfaceEndpoint];

/** What is noted of the traffic of a network. */
export const LoggedTraffic = {
  /** Nothing. */
  None: "none",
  /** What a security group or a network ACL refused. */
  Rejected: "rejected",
  /** Every connection. */
  All: "all",
} as const;
export type LoggedTraffic = (typeof LoggedTraffic)[keyof typeof LoggedTraffic];

/** A network that is there already. */
export interface ExistingNetworkArgs {
  /** Id of the VPC. @example "vpc-0123456789abcdef0" */
  vpcId: Input<string>;
  /**
   * Ids of subnets whose routes lead to an Internet gateway, each in a zone of its own. Their routes are not looked at.
   * @example ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
   */
  publicSubnetIds: Input<string>[];
  /**
   * Ids of subnets that nobody outside reaches, each in a zone of its own.
   * @default none
   * @example ["subnet-0123456789abcdef2", "subnet-0123456789abcdef3"]
   */
  privateSubnetIds?: Input<string>[];
}

/** Services of AWS that are reached without the Internet. */
export interface EndpointsArgs {
  /** S3, by the routes of every subnet; AWS takes nothing for it. @default true */
  s3?: boolean;
  /**
   * Services with an interface in each private subnet. Each costs about 7.30 USD a month and zone, and 0.01 USD a GB (AWS
   * PrivateLink pricing, us-east-1, 2025); machines in private subnets without a NAT gateway need `Ssm` and `SsmMessages`
   * to take commands.
   * @default none
   * @example [InterfaceEndpoint.Ssm, InterfaceEndpoint.SsmMessages]
   */
  interfaces?: InterfaceEndpoint[];
}

/** Logs of what went through a network. */
export interface FlowLogsArgs {
  /**
   * What is noted. CloudWatch takes about 0.50 USD a GB (CloudWatch pricing, vended logs, us-east-1, 2025): what is refused
   * is little, every connection of a busy site is not.
   * @default Rejected: it says why something does not get through, and who tries
   */
  traffic?: LoggedTraffic;
  /** How long CloudWatch keeps them, in days; one of the periods that it knows. @default 30 @example 90 */
  retentionDays?: number;
}

/** A new network. */
export interface CreateNetworkArgs {
  /**
   * Its IPv4 addresses, from /16 to /24; another range is another network. Each subnet has a sixteenth of it; a balancer
   * needs subnets of /27, so /23 at least.
   * @default "10.0.0.0/16": subnets of 4,091 addresses
   * @example "10.20.0.0/16"
   */
  cidr?: string;
  /** Number of availability zones, 2 or 3, where `zoneNames` does not name them. More can be added, nothing moves. @default 2 */
  zones?: number;
  /**
   * The zones, by name; the first has the NAT gateway of `One`. Adding one moves no subnet.
   * @default the first of the region when a subnet was made, never a local or wavelength zone
   * @example ["eu-central-1a", "eu-central-1b"]
   */
  zoneNames?: string[];
  /**
   * The way out of private subnets by IPv4. Each gateway costs about 33 USD a month, 4 USD for its address, and 0.045 USD a
   * GB (Amazon VPC pricing, us-east-1, 2025). Changing it replaces no subnet.
   * @default None: servers with an address of their own are in public subnets, behind security groups
   */
  nat?: NatGateways;
  /**
   * Have IPv6 as well: a /56 from Amazon, a /64 for each subnet; private subnets get out, and nobody in. It can be added;
   * AWS does not take it back while subnets use it.
   * @default false
   */
  ipv6?: boolean;
  /** Services of AWS that are reached without the Internet. @default S3 */
  endpoints?: EndpointsArgs;
  /** Logs of what went through. @default what was refused, for 30 days */
  flowLogs?: FlowLogsArgs;
}

/** Where machines and balancers live: the default network, one that is there, or a new one. */
export interface NetworkArgs {
  /** A network that is there already. @default the account's default VPC, unless `create` makes one */
  existing?: ExistingNetworkArgs;
  /** Make a new network. `{}` is one with all defaults. @default none is made */
  create?: CreateNetworkArgs;
  /** Tags of everything that is made. @default none @example { team: "web" } */
  tags?: Record<string, string>;
}
