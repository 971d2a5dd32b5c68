import { cdnLimits } from "./cdn-limits";
import { fleetLimits } from "./fleet-limits";
import { networkLimits } from "./network-limits";
import { redisLimits } from "./redis-limits";
import { watchLimits } from "./watch-limits";

/** A limit of AWS's API that botocore's models do not carry. */
export interface Limit {
  /** e.g. `ec2.RunInstances`. */
  readonly operation: string;
  /** The parameter's place; `[]` is any item of a list. */
  readonly path: string;
  /** Longest text, in characters. */
  readonly maxLength?: number;
  /** Most bytes; `of` says how the text holds them. */
  readonly maxBytes?: { readonly bytes: number; readonly of: "base64" | "utf-8" };
  /** What the whole text has to match. */
  readonly pattern?: string;
  /** What the text must not match. */
  readonly not?: string;
  /** Least and greatest number. */
  readonly range?: readonly [number, number];
  /** Only where another parameter of the call has one of these values; null stands for none. @default always */
  readonly when?: { readonly parameter: string; readonly values: readonly (string | null)[] };
  /** Where AWS says so. */
  readonly source: string;
}

const groupText = String.raw`[a-zA-Z0-9 ._:/()#,@\[\]+=&;{}!$*-]*`;
const cidr = String.raw`\d{1,3}(\.\d{1,3}){3}/\d{1,2}`;
const portRange = [-1, 65_535] as const;

const userData: Limit = {
  operation: "ec2.RunInstances",
  path: "UserData",
  maxBytes: { bytes: 16_384, of: "base64" },
  source: "EC2 User Guide, Run commands when you launch an instance: 16 KB in raw form, before it is encoded",
};

const securityGroups: Limit[] = [
  {
    operation: "ec2.CreateSecurityGroup",
    path: "GroupName",
    maxLength: 255,
    pattern: groupText,
    not: "sg-.*",
    source: "EC2 API Reference, CreateSecurityGroup",
  },
  {
    operation: "ec2.CreateSecurityGroup",
    path: "Description",
    maxLength: 255,
    pattern: groupText,
    source: "EC2 API Reference, CreateSecurityGroup",
  },
  ...["Ingress", "Egress"].flatMap((direction): Limit[] => {
    const operation = `ec2.AuthorizeSecurityGroup${direction}`;
    const descriptions = ["IpRanges", "Ipv6Ranges", "PrefixListIds", "UserIdGroupPairs"].map((peers) => ({
      operation,
      path: `IpPermissions[].${peers}[].Description`,
      maxLength: 255,
      pattern: groupText,
      source: "EC2 API Reference, IpRange, Ipv6Range, PrefixListId, UserIdGroupPair",
    }));
    const ports = ["FromPort", "ToPort"].map((port) => ({
      operation,
      path: `IpPermissions[].${port}`,
      range: portRange,
      source: "EC2 API Reference, IpPermission",
    }));
    const ranges: Limit[] = [
      { operation, path: "IpPermissions[].IpRanges[].CidrIp", pattern: cidr, source: "EC2 API Reference, IpRange" },
      {
        operation,
        path: "IpPermissions[].Ipv6Ranges[].CidrIpv6",
        pattern: "[0-9a-fA-F:.]+/[0-9]{1,3}",
        source: "EC2 API Reference, Ipv6Range",
      },
    ];
    return [...descriptions, ...ports, ...ranges];
  }),
];

/** Tags of EC2: other services' models have these limits. */
const tags: Limit[] = [
  "RunInstances",
  "CreateSecurityGroup",
  "AuthorizeSecurityGroupIngress",
  "AuthorizeSecurityGroupEgress",
  "AllocateAddress",
  "ImportKeyPair",
  "CreateVolume",
  "CreateVpc",
  "CreateSubnet",
  "CreateInternetGateway",
  "CreateEgressOnlyInternetGateway",
  "CreateRouteTable",
  "CreateNatGateway",
  "CreateVpcEndpoint",
  "CreateFlowLogs",
].flatMap((operation): Limit[] => {
  const source = "EC2 User Guide, Tag your Amazon EC2 resources: tag restrictions";
  const path = "TagSpecifications[].Tags[]";
  return [
    { operation: `ec2.${operation}`, path: `${path}.Key`, maxLength: 128, not: "[aA][wW][sS]:.*", source },
    { operation: `ec2.${operation}`, path: `${path}.Value`, maxLength: 256, source },
  ];
});

const volumes: Limit[] = [
  {
    operation: "ec2.RunInstances",
    path: "MetadataOptions.HttpPutResponseHopLimit",
    range: [1, 64],
    source: "EC2 API Reference, InstanceMetadataOptionsRequest",
  },
  { operation: "ec2.CreateVolume", path: "Size", range: [1, 65_536], source: "EC2 API Reference, CreateVolume" },
  {
    operation: "ec2.RunInstances",
    path: "BlockDeviceMappings[].Ebs.VolumeSize",
    range: [1, 65_536],
    source: "EC2 API Reference, EbsBlockDevice",
  },
  {
    operation: "ec2.AttachVolume",
    path: "Device",
    pattern: "/dev/(sd[f-p]|xvd[b-z]|xvd[b-c][a-z])",
    source: "EC2 User Guide, Device names for volumes on Amazon EC2 instances: for data volumes on Linux",
  },
  {
    operation: "ec2.ImportKeyPair",
    path: "KeyName",
    maxLength: 255,
    pattern: "[ -~]+",
    source: "EC2 API Reference, CreateKeyPair: up to 255 ASCII characters",
  },
];

const storage: Limit[] = [
  {
    operation: "s3.CreateBucket",
    path: "Bucket",
    pattern: "[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]",
    not: String.raw`.*\.\..*|\d+(\.\d+){3}|xn--.*|sthree-.*|amzn-s3-demo-.*|.*-s3alias|.*--ol-s3|.*\.mrap|.*--x-s3|.*--table-s3`,
    source: "S3 User Guide, General purpose bucket naming rules",
  },
  {
    operation: "s3.PutObject",
    path: "Key",
    maxBytes: { bytes: 1024, of: "utf-8" },
    source: "S3 User Guide, Naming Amazon S3 objects",
  },
  {
    operation: "s3.PutBucketPolicy",
    path: "Policy",
    maxBytes: { bytes: 20_480, of: "utf-8" },
    source: "S3 User Guide, Bucket policies for Amazon S3: 20 KB",
  },
  {
    operation: "s3.PutBucketLifecycleConfiguration",
    path: "LifecycleConfiguration.Rules[].ID",
    maxLength: 255,
    source: "S3 API Reference, LifecycleRule",
  },
];

const identity: Limit[] = [
  {
    operation: "iam.CreateRole",
    path: "AssumeRolePolicyDocument",
    maxLength: 2048,
    source: "IAM User Guide, IAM and AWS STS quotas: role trust policy length",
  },
  {
    operation: "iam.PutRolePolicy",
    path: "PolicyDocument",
    maxLength: 10_240,
    source: "IAM User Guide, IAM and AWS STS quotas: aggregate size of a role's inline policies",
  },
];

const parameters: Limit[] = [
  {
    operation: "ssm.PutParameter",
    path: "Name",
    maxLength: 1011,
    pattern: "/?[a-zA-Z0-9_.-]+(/[a-zA-Z0-9_.-]+){0,14}",
    not: "/?([aA][wW][sS]|[sS][sS][mM]).*",
    source: "Systems Manager API Reference, PutParameter: names and hierarchies",
  },
  {
    operation: "ssm.PutParameter",
    path: "Value",
    maxBytes: { bytes: 4096, of: "utf-8" },
    when: { parameter: "Tier", values: [null, "Standard"] },
    source: "Systems Manager User Guide, Managing parameter tiers: 4 KB in the standard tier",
  },
  {
    operation: "ssm.PutParameter",
    path: "Value",
    maxBytes: { bytes: 8192, of: "utf-8" },
    source: "Systems Manager User Guide, Managing parameter tiers: 8 KB in the advanced tier",
  },
];

const label = String.raw`([^.\\]|\\[0-7]{3}){1,63}`;
const domainName = {
  maxLength: 255,
  pattern: String.raw`${label}(\.${label})*\.?`,
  source: "Route 53 Developer Guide, DNS domain name format",
};

const names: Limit[] = [
  {
    operation: "acm.RequestCertificate",
    path: "DomainName",
    maxLength: 64,
    source: "ACM API Reference, RequestCertificate: the common name, by RFC 5280",
  },
  {
    operation: "route53.ChangeResourceRecordSets",
    path: "ChangeBatch.Changes[].ResourceRecordSet.Name",
    ...domainName,
  },
  { operation: "route53.CreateHostedZone", path: "Name", ...domainName },
];

const balancers: Limit[] = [
  ...["CreateLoadBalancer", "CreateTargetGroup"].map((operation): Limit => ({
    operation: `elbv2.${operation}`,
    path: "Name",
    maxLength: 32,
    pattern: "[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?",
    not: "internal-.*",
    source: `Elastic Load Balancing API Reference, ${operation}`,
  })),
  {
    operation: "elbv2.CreateTargetGroup",
    path: "Matcher.HttpCode",
    pattern: "[2-4][0-9]{2}([,-][2-4][0-9]{2})*",
    source: "Elastic Load Balancing API Reference, Matcher: 200 to 499 for Application Load Balancers",
  },
  {
    operation: "elbv2.CreateRule",
    path: "Conditions[].HostHeaderConfig.Values[]",
    maxLength: 128,
    pattern: String.raw`[A-Za-z0-9.*?-]+\.[A-Za-z]+`,
    source: "Elastic Load Balancing API Reference, RuleCondition: host-header",
  },
  {
    operation: "elbv2.CreateRule",
    path: "Conditions[].PathPatternConfig.Values[]",
    maxLength: 128,
    pattern: String.raw`[A-Za-z0-9_.$/~"'@:+&*?-]+`,
    source: "Elastic Load Balancing API Reference, RuleCondition: path-pattern",
  },
  {
    operation: "elbv2.CreateRule",
    path: "Actions[].AuthenticateOidcConfig.SessionTimeout",
    range: [1, 604_800],
    source: "Application Load Balancers, Authenticate users: the session timeout is at most 7 days",
  },
];

/** All of them. */
export const limits: readonly Limit[] = [
  userData,
  ...securityGroups,
  ...tags,
  ...volumes,
  ...networkLimits,
  ...fleetLimits,
  ...redisLimits,
  ...watchLimits,
  ...storage,
  ...identity,
  ...parameters,
  ...names,
  ...balancers,
  ...cdnLimits,
];
