import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb";

/** A resource as an engine is told of it. */
export interface Registered {
  type: string;
  name: string;
  inputs: Record<string, unknown>;
  dependsOn: string[];
  /** What each property is made from. */
  propertyDependencies: Record<string, string[]>;
  /** Names that it had before. */
  aliases: string[];
  /** The longest time to make it, e.g. `15m`. */
  createTimeout: string;
  /** The longest time to delete it. */
  deleteTimeout: string;
  protect: boolean;
  ignoreChanges: string[];
  retainOnDelete: boolean;
  deleteBeforeReplace: boolean;
}

/** A function that was asked. */
export interface Asked {
  token: string;
  inputs: Record<string, unknown>;
}

/** What an engine is told of a program, and what the program says when all is made. */
export interface Recorded<T> {
  resources: Registered[];
  calls: Asked[];
  /** What the program warns of. */
  warnings: string[];
  result: T;
}

/** What AWS answers. */
export interface Account {
  zones: { zoneId: string; name: string; privateZone: boolean; nameServers?: string[] }[];
  /** Zones of the region that have the instance type. */
  locations: string[];
  /** Answers to other functions, by token. */
  answers: Record<string, (inputs: Record<string, unknown>) => Record<string, unknown>>;
}

const account: Account = {
  zones: [{ zoneId: "Z1", name: "example.com", privateZone: false }],
  locations: ["us-west-2-lax-1a", "us-west-2b", "us-west-2a"],
  answers: {},
};

/** Runs a program with an engine that makes nothing, and records what the engine is told. */
export async function record<T>(program: () => T, there: Partial<Account> = {}): Promise<Recorded<T>> {
  const resources: Registered[] = [];
  const calls: Asked[] = [];
  await pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, inputs }) => ({
        id: `${name}-id`,
        state: { ...(inputs as object), ...made(type, name, inputs as Record<string, unknown>) },
      }),
      call({ token, inputs }) {
        calls.push({ token, inputs: inputs as Record<string, unknown> });
        return answer({ ...account, ...there }, token, inputs as Record<string, unknown>);
      },
    },
    "demo",
    "test",
    false,
    "acme",
  );
  listen((request) => resources.push(registered(request)));
  const warnings: string[] = [];
  const { warn } = console; // where Pulumi says its warnings when there is no engine
  console.warn = (text: string) => warnings.push(text.replace("warning: [runtime] ", ""));
  try {
    const result = program();
    await pulumi.runtime.disconnect(); // once nothing is on its way any more
    return { resources, calls, warnings, result };
  } finally {
    console.warn = warn;
  }
}

/** Mocks are not told of a resource's options, so the requests are read before them. */
function listen(hear: (request: RegisterResourceRequest) => void): void {
  const monitor = pulumi.runtime.getMonitor() as unknown as Monitor;
  const register = monitor.registerResource.bind(monitor);
  monitor.registerResource = (request, callback) => {
    hear(request);
    return register(request, callback);
  };
}

interface Monitor {
  registerResource(request: RegisterResourceRequest, callback: unknown): unknown;
}

function registered(request: RegisterResourceRequest): Registered {
  return {
    type: request.getType(),
    name: request.getName(),
    inputs: (request.getObject()?.toJavaScript() ?? {}) as Record<string, unknown>,
    dependsOn: request.getDependenciesList().map(shortUrn).sort(),
    propertyDependencies: Object.fromEntries(
      request
        .getPropertydependenciesMap()
        .toArray()
        .map(([property]) => [
          property,
          request.getPropertydependenciesMap().get(property)!.getUrnsList().map(shortUrn).sort(),
        ]),
    ),
    aliases: request.getAliasesList().flatMap((alias) => alias.getSpec()?.getName() ?? []),
    createTimeout: request.getCustomtimeouts()?.getCreate() ?? "",
    deleteTimeout: request.getCustomtimeouts()?.getDelete() ?? "",
    protect: request.getProtect() ?? false,
    ignoreChanges: request.getIgnorechangesList(),
    retainOnDelete: request.getRetainondelete() ?? false,
    deleteBeforeReplace: request.getDeletebeforereplace(),
  };
}

/** Type and name. */
const shortUrn = (urn: string): string => urn.replace(/^.*\$/, "").replace(/^urn:pulumi:test::demo::/, "");

/** What providers would fill in. */
function made(type: string, name: string, inputs: Record<string, unknown>): object {
  switch (type) {
    case "aws:acm/certificate:Certificate": {
      const { domainName, subjectAlternativeNames = [], region = "us-west-2" } = inputs;
      const domains = [domainName, ...(subjectAlternativeNames as unknown[])].map(String);
      const domainValidationOptions = domainName === undefined ? [] : domains.map(validationOption);
      return { arn: `arn of ${name}`, region, domainValidationOptions };
    }
    case "aws:route53/zone:Zone":
      return { zoneId: `Z-${name}`, nameServers: [`ns-1.${name}`, `ns-2.${name}`] };
    case "aws:route53/record:Record":
      return { fqdn: String(inputs.name).replace(/\.$/, "") };
    case "aws:ec2/instance:Instance":
      return { ipv6Addresses: ["2001:db8::7"], region: "us-west-2" };
    case "aws:autoscaling/group:Group":
      return { name: `${String(inputs.namePrefix)}1`, region: "us-west-2" };
    case "aws:ec2/launchTemplate:LaunchTemplate":
      return { latestVersion: 7 };
    case "aws:ec2/eip:Eip":
      return { publicIp: "203.0.113.7", publicDns: "ec2-203-0-113-7.example", allocationId: `${name}-allocation` };
    case "aws:ec2/keyPair:KeyPair":
      return { keyName: `${name}-key` };
    case "aws:ec2/vpc:Vpc":
      return { ipv6CidrBlock: "2001:db8:0:3c00::/56", region: "us-west-2" };
    case "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination":
    case "aws:cloudwatch/logDeliverySource:LogDeliverySource":
    case "aws:cloudwatch/logGroup:LogGroup":
      return { name: `${name}-0123456`, arn: `arn of ${name}` };
    case "aws:wafv2/webAcl:WebAcl":
    case "aws:kms/key:Key":
    case "aws:sns/topic:Topic":
      return { arn: `arn of ${name}` };
    case "aws:efs/fileSystem:FileSystem":
      return { dnsName: `fs-${name}.efs.us-west-2.amazonaws.com` };
    case "aws:elasticache/replicationGroup:ReplicationGroup":
      return { primaryEndpointAddress: `master.${name}.cache.amazonaws.com` };
    case "aws:elasticache/parameterGroup:ParameterGroup":
    case "aws:elasticache/subnetGroup:SubnetGroup":
      return { name: `${name}-0123456` };
    case "tls:index/privateKey:PrivateKey":
      return {
        privateKeyPem: `key of ${name}`,
        publicKeyOpenssh: `public key of ${name}`,
        privateKeyOpenssh: `private key of ${name}`,
      };
    case "aws:iam/role:Role":
    case "aws:iam/instanceProfile:InstanceProfile":
      return { name: `${name}-0123456`, arn: `arn of ${name}` };
    case "aws:cloudfront/distribution:Distribution":
      return { arn: `${name}-arn`, domainName: `${name}.cloudfront.net`, hostedZoneId: "Z2FDTNDATAQYW2" };
    case "aws:lb/listener:Listener":
    case "aws:lb/targetGroup:TargetGroup":
      return { arn: `${name}-arn` };
    case "aws:lb/loadBalancer:LoadBalancer":
      return { arn: `${name}-arn`, dnsName: `${name}.elb.amazonaws.com`, zoneId: "Z9" };
    case "aws:s3/bucket:Bucket":
      return { bucket: `${name}-0123456`, ...inputs };
    case "aws:ssm/parameter:Parameter":
      return { version: 3 };
    case "command:local:Command":
      return { stdout: "{}" };
    default:
      return {};
  }
}

/** As ACM tells them: a wildcard's is that of the name below it. */
function validationOption(domainName: string): object {
  const name = domainName.replace("*.", "");
  return {
    domainName,
    resourceRecordName: `_1.${name}.`,
    resourceRecordType: "CNAME",
    resourceRecordValue: `_2.${name}.acm-validations.aws.`,
  };
}

function answer(there: Account, token: string, inputs: Record<string, unknown>): Record<string, unknown> {
  const own = there.answers[token];
  if (own) return own(inputs);
  switch (token) {
    case "aws:index/getCallerIdentity:getCallerIdentity":
      return { accountId: "111122223333" };
    case "aws:index/getPartition:getPartition":
      return { partition: "aws" };
    case "aws:route53/getZones:getZones":
      return { ids: there.zones.map((zone) => zone.zoneId) };
    case "aws:route53/getZone:getZone": {
      const zone = there.zones.find(({ zoneId, name }) => zoneId === inputs.zoneId || name === inputs.name);
      assert.ok(zone, `no zone for ${JSON.stringify(inputs)}`);
      return { nameServers: [`ns-2.${zone.name}`, `ns-1.${zone.name}`], ...zone };
    }
    case "aws:ec2/getManagedPrefixList:getManagedPrefixList":
      return { id: `pl of ${String(inputs.name)}` };
    case "aws:ec2/getSubnet:getSubnet":
      return { availabilityZone: "us-west-2c", vpcId: "vpc-1" };
    case "aws:ec2/getInstanceTypeOfferings:getInstanceTypeOfferings":
      return { locations: there.locations };
    case "aws:ssm/getParameter:getParameter":
      return { insecureValue: `ami of ${String(inputs.name)}` };
    default:
      throw new Error(`nobody answers ${token}`);
  }
}

/** The one resource of a type, or the one with the name. */
export function one(recorded: Recorded<unknown>, type: string, name?: string): Registered {
  const found = all(recorded, type).filter((resource) => name === undefined || resource.name === name);
  assert.equal(found.length, 1, `${type} ${name ?? ""}: ${found.map((resource) => resource.name).join(", ")}`);
  return found[0]!;
}

/** The resources of a type, e.g. `aws:s3/bucket:Bucket`. */
export function all(recorded: Recorded<unknown>, type: string): Registered[] {
  return recorded.resources.filter((resource) => resource.type === type);
}

const secretMark = "4dabf18193072939515e22adb298388d";

/** Whether the engine is told to keep a value secret. */
export function isSecret(value: unknown): boolean {
  return typeof value === "object" && value !== null && secretMark in value;
}

/** What an output holds. */
export function valueOf<T>(output: pulumi.Output<T>): Promise<T> {
  return new Promise((resolve) => output.apply((value) => resolve(value)));
}
