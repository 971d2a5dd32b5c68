import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import {
  CreateNetworkArgs,
  InterfaceEndpoint,
  LoggedTraffic,
  NatGateways,
} from "../../../../components/aws/network/network-args";
import { Network } from "../../../../components/aws/network/network";
import { Account, all, one, record, Recorded, Registered, valueOf } from "../recorded";

const subnetType = "aws:ec2/subnet:Subnet";
const routeType = "aws:ec2/route:Route";
const associationType = "aws:ec2/routeTableAssociation:RouteTableAssociation";
const endpointType = "aws:ec2/vpcEndpoint:VpcEndpoint";
const natType = "aws:ec2/natGateway:NatGateway";

const answers: Account["answers"] = {
  "aws:index/getAvailabilityZones:getAvailabilityZones": () => ({
    names: ["us-west-2c", "us-west-2-lax-1a", "us-west-2b", "us-west-2a"],
  }),
  "aws:index/getCallerIdentity:getCallerIdentity": () => ({ accountId: "111122223333" }),
};

const created = (create: CreateNetworkArgs = {}, tags?: Record<string, string>): Promise<Recorded<Network>> =>
  record(() => new Network("web", { create, tags }), { answers });
const names = (resources: readonly Registered[]): string[] => resources.map(({ name }) => name);

describe("a new Network", () => {
  it("has names that resolve, and a default security group without rules", async () => {
    const recorded = await created();
    assert.deepEqual(one(recorded, "aws:ec2/vpc:Vpc").inputs, {
      cidrBlock: "10.0.0.0/16",
      enableDnsSupport: true,
      enableDnsHostnames: true,
      tags: { Name: "web" },
    });
    assert.deepEqual(one(recorded, "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup").inputs, {
      vpcId: "web-id",
      tags: { Name: "web-default" },
    });
  });

  it("has a public and a private subnet in each of the first two zones of the region", async () => {
    const recorded = await created();
    const subnets = all(recorded, subnetType).map(({ name, inputs }) => [
      name,
      inputs.availabilityZone,
      inputs.cidrBlock,
      inputs.mapPublicIpOnLaunch,
    ]);
    assert.deepEqual(subnets.sort(), [
      ["web-private-a", "us-west-2a", "10.0.128.0/20", false],
      ["web-private-b", "us-west-2b", "10.0.144.0/20", false],
      ["web-public-a", "us-west-2a", "10.0.0.0/20", true],
      ["web-public-b", "us-west-2b", "10.0.16.0/20", true],
    ]);
    assert.deepEqual(one(recorded, subnetType, "web-public-a").inputs.tags, { Name: "web-public-a" });
  });

  it("keeps subnets where they are when AWS lists another zone first, unless zones are named", async () => {
    for (const { ignoreChanges } of all(await created(), subnetType))
      assert.deepEqual(ignoreChanges, ["availabilityZone"]);
    const named = await created({ zoneNames: ["us-west-2c", "us-west-2a"] });
    for (const { ignoreChanges } of all(named, subnetType)) assert.deepEqual(ignoreChanges, []);
    assert.equal(one(named, subnetType, "web-private-c").inputs.availabilityZone, "us-west-2c");
    assert.deepEqual(await valueOf(named.result.zones), ["us-west-2c", "us-west-2a"]);
  });

  it("leads from public subnets to the Internet, and from private ones nowhere", async () => {
    const recorded = await created();
    assert.deepEqual(one(recorded, routeType).inputs, {
      routeTableId: "web-public-id",
      destinationCidrBlock: "0.0.0.0/0",
      gatewayId: "web-id",
    });
    const tables = all(recorded, associationType).map(({ inputs }) => [inputs.subnetId, inputs.routeTableId]);
    assert.deepEqual(tables.sort(), [
      ["web-private-a-id", "web-private-a-id"],
      ["web-private-b-id", "web-private-b-id"],
      ["web-public-a-id", "web-public-id"],
      ["web-public-b-id", "web-public-id"],
    ]);
  });

  const gateways: [nat: NatGateways, made: string[], routes: [string, string][]][] = [
    [NatGateways.None, [], []],
    [
      NatGateways.One,
      ["web-nat-a"],
      [
        ["web-private-a-ipv4", "web-nat-a-id"],
        ["web-private-b-ipv4", "web-nat-a-id"],
      ],
    ],
    [
      NatGateways.PerZone,
      ["web-nat-a", "web-nat-b"],
      [
        ["web-private-a-ipv4", "web-nat-a-id"],
        ["web-private-b-ipv4", "web-nat-b-id"],
      ],
    ],
  ];
  for (const [nat, made, routes] of gateways) {
    it(`leads private subnets out by NAT gateways: ${nat}`, async () => {
      const recorded = await created({ nat });
      assert.deepEqual(names(all(recorded, natType)), made);
      const out = all(recorded, routeType).filter(({ name }) => name.startsWith("web-private-"));
      assert.deepEqual(
        out.map(({ name, inputs }) => [name, inputs.natGatewayId]),
        routes,
      );
    });
  }

  it("gives each NAT gateway an address of its own, after the Internet gateway", async () => {
    const recorded = await created({ nat: NatGateways.One });
    const gateway = one(recorded, natType);
    assert.deepEqual(gateway.inputs, {
      allocationId: "web-nat-a-allocation",
      subnetId: "web-public-a-id",
      tags: { Name: "web-nat-a" },
    });
    assert.ok(gateway.dependsOn.includes("aws:ec2/internetGateway:InternetGateway::web"));
  });

  it("has IPv6 when asked: a /64 for each subnet, and a way out of private ones that leads nobody in", async () => {
    const recorded = await created({ ipv6: true });
    assert.equal(one(recorded, "aws:ec2/vpc:Vpc").inputs.assignGeneratedIpv6CidrBlock, true);
    assert.deepEqual(
      Object.fromEntries(all(recorded, subnetType).map(({ name, inputs }) => [name, inputs.ipv6CidrBlock])),
      {
        "web-public-a": "2001:db8:0:3c00::/64",
        "web-public-b": "2001:db8:0:3c01::/64",
        "web-private-a": "2001:db8:0:3c08::/64",
        "web-private-b": "2001:db8:0:3c09::/64",
      },
    );
    assert.equal(one(recorded, routeType, "web-public-ipv6").inputs.gatewayId, "web-id");
    assert.deepEqual(one(recorded, routeType, "web-private-b-ipv6").inputs, {
      routeTableId: "web-private-b-id",
      destinationIpv6CidrBlock: "::/0",
      egressOnlyGatewayId: "web-id",
    });
    assert.equal(await valueOf(recorded.result.ipv6CidrBlock), "2001:db8:0:3c00::/56");
    assert.equal(await valueOf((await created()).result.ipv6CidrBlock), "");
  });

  it("reaches S3 by the routes of all subnets, unless told not to", async () => {
    assert.deepEqual(one(await created(), endpointType).inputs, {
      vpcId: "web-id",
      serviceName: "com.amazonaws.us-west-2.s3",
      vpcEndpointType: "Gateway",
      routeTableIds: ["web-public-id", "web-private-a-id", "web-private-b-id"],
      tags: { Name: "web-s3" },
    });
    assert.deepEqual(all(await created({ endpoints: { s3: false } }), endpointType), []);
  });

  it("reaches other services by interfaces that only the network speaks with", async () => {
    const recorded = await created({ endpoints: { interfaces: [InterfaceEndpoint.Ssm] } });
    assert.deepEqual(one(recorded, endpointType, "web-ssm").inputs, {
      vpcId: "web-id",
      serviceName: "com.amazonaws.us-west-2.ssm",
      vpcEndpointType: "Interface",
      subnetIds: ["web-private-a-id", "web-private-b-id"],
      securityGroupIds: ["web-endpoints-id"],
      privateDnsEnabled: true,
      tags: { Name: "web-ssm" },
    });
    const rule = one(recorded, "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule");
    assert.equal(rule.name, "web-endpoints-https-from-10.0.0.0/16");
    assert.deepEqual(all(await created(), "aws:ec2/securityGroup:SecurityGroup"), []);
  });

  it("logs what is refused, by a role that can write there and nothing else", async () => {
    const recorded = await created();
    assert.equal(one(recorded, "aws:cloudwatch/logGroup:LogGroup").inputs.retentionInDays, 30);
    const log = one(recorded, "aws:ec2/flowLog:FlowLog");
    assert.equal(log.inputs.trafficType, "REJECT");
    assert.equal(log.inputs.logDestination, "arn of web-flow-logs");
    assert.ok(log.dependsOn.includes("aws:iam/rolePolicy:RolePolicy::web-flow-logs"));
    const { Statement: trust } = JSON.parse(one(recorded, "aws:iam/role:Role").inputs.assumeRolePolicy as string);
    assert.deepEqual(trust[0].Condition, {
      StringEquals: { "aws:SourceAccount": "111122223333" },
      ArnLike: { "aws:SourceArn": "arn:aws:ec2:us-west-2:111122223333:vpc-flow-log/*" },
    });
    const { Statement: may } = JSON.parse(one(recorded, "aws:iam/rolePolicy:RolePolicy").inputs.policy as string);
    const groups = "arn:aws:logs:us-west-2:111122223333:log-group:";
    assert.deepEqual(may, [
      {
        Sid: "Write",
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
        Resource: `${groups}web-flow-logs-0123456:*`,
      },
      { Sid: "Find", Effect: "Allow", Action: "logs:DescribeLogGroups", Resource: `${groups}*` },
    ]);
  });

  it("logs more, or nothing, when told", async () => {
    const more = await created({ flowLogs: { traffic: LoggedTraffic.All, retentionDays: 90 } });
    assert.equal(one(more, "aws:ec2/flowLog:FlowLog").inputs.trafficType, "ALL");
    assert.equal(one(more, "aws:cloudwatch/logGroup:LogGroup").inputs.retentionInDays, 90);
    const none = await created({ flowLogs: { traffic: LoggedTraffic.None } });
    for (const type of ["aws:ec2/flowLog:FlowLog", "aws:cloudwatch/logGroup:LogGroup", "aws:iam/role:Role"])
      assert.deepEqual(all(none, type), [], type);
  });

  it("gives away public subnets once they lead to the Internet, and private ones once they lead out", async () => {
    const { result } = await created({ nat: NatGateways.One, endpoints: { interfaces: [InterfaceEndpoint.Ssm] } });
    const publicNeeds = await needsOf(result.publicSubnetIds);
    for (const need of ["Route::web-public-ipv4", "RouteTableAssociation::web-public-b"])
      assert.ok(
        publicNeeds.some((urn) => urn.endsWith(`:${need}`)),
        need,
      );
    assert.ok(!publicNeeds.some((urn) => urn.includes("nat")));
    const privateNeeds = await needsOf(result.privateSubnetIds);
    for (const need of ["Route::web-private-b-ipv4", "VpcEndpoint::web-ssm", "VpcEndpoint::web-s3"])
      assert.ok(
        privateNeeds.some((urn) => urn.endsWith(`:${need}`)),
        need,
      );
  });

  it("tags all that can have tags", async () => {
    const recorded = await created({ nat: NatGateways.One, ipv6: true }, { team: "web" });
    const untagged = recorded.resources.filter(
      ({ type, inputs }) =>
        type.startsWith("aws:") && (inputs.tags as Record<string, string> | undefined)?.team !== "web",
    );
    const types = new Set(untagged.map(({ type }) => type));
    assert.deepEqual([...types].sort(), ["aws:ec2/route:Route", associationType, "aws:iam/rolePolicy:RolePolicy"]);
  });
});

/** The URNs of the resources that an output waits for. */
async function needsOf(output: pulumi.Output<unknown>): Promise<string[]> {
  const waited = await (output as unknown as { allResources(): Promise<Set<pulumi.Resource>> }).allResources();
  return Promise.all([...waited].map((resource) => valueOf(resource.urn)));
}
