import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { problemText } from "../../../../components/app/problem";
import {
  networkProblems,
  sharedZoneProblems,
  straySubnetProblems,
} from "../../../../components/aws/network/check-network";
import {
  CreateNetworkArgs,
  InterfaceEndpoint,
  LoggedTraffic,
  NatGateways,
  NetworkArgs,
} from "../../../../components/aws/network/network-args";

const said = (args: NetworkArgs, name = "web"): string[] =>
  networkProblems(name, args).map((problem) => `${problem.path}: ${problemText(problem)}`);
const vpcId = "vpc-0123456789abcdef0";
const [subnet, other] = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"];

describe("networkProblems", () => {
  const fine: [what: string, args: NetworkArgs][] = [
    ["nothing", {}],
    ["a new network with all defaults", { create: {} }],
    ["the smallest, with three zones", { create: { cidr: "10.0.0.0/24", zones: 3 } }],
    ["a network outside of the private ranges, which can be its owner's", { create: { cidr: "192.0.2.0/24" } }],
    ["zones by name, in any order", { create: { zoneNames: ["us-east-1f", "us-east-1a"] } }],
    ["an existing network", { existing: { vpcId, publicSubnetIds: [subnet, other] } }],
    ["old ids", { existing: { vpcId: "vpc-01234567", publicSubnetIds: ["subnet-01234567"] } }],
    ["ids that come later", { existing: { vpcId: pulumi.output("?"), publicSubnetIds: [pulumi.output("?")] } }],
    [
      "all choices",
      {
        create: {
          nat: NatGateways.PerZone,
          ipv6: true,
          endpoints: { s3: false, interfaces: Object.values(InterfaceEndpoint) },
          flowLogs: { traffic: LoggedTraffic.All, retentionDays: 3653 },
        },
      },
    ],
  ];
  for (const [what, args] of fine) it(`has nothing against ${what}`, () => assert.deepEqual(said(args), []));

  const refused: [what: string, create: CreateNetworkArgs, problem: string][] = [
    [
      "what is no network",
      { cidr: "10.0.0.0" },
      'cidr: "10.0.0.0" is an address without a prefix length; write it as "10.0.0.0/32"',
    ],
    [
      "a network with bits behind its prefix",
      { cidr: "10.0.1.0/16" },
      'cidr: "10.0.1.0/16" has address bits behind its first 16; write the network\'s first address, or "10.0.1.0/32"',
    ],
    [
      "a network that is too large",
      { cidr: "10.0.0.0/15" },
      'cidr: "10.0.0.0/15" is larger than AWS makes a network; use a length from 16',
    ],
    [
      "a network without room for its subnets",
      { cidr: "10.0.0.0/25" },
      'cidr: "10.0.0.0/25" has no room for a sixteenth for each subnet; use a length up to 24',
    ],
    [
      "a network of IPv6",
      { cidr: "2001:db8::/56" },
      'cidr: "2001:db8::/56" is a network of IPv6; give one of IPv4; ipv6: true adds a network that Amazon chooses',
    ],
    ["one zone", { zones: 1 }, "zones: 1 is no number of zones for a network; use 2 or 3"],
    ["four zones", { zones: 4 }, "zones: 4 is no number of zones for a network; use 2 or 3"],
    [
      "a number beside names",
      { zones: 2, zoneNames: ["us-east-1a", "us-east-1b"] },
      "zones: 2 is given beside zoneNames; leave it out: the names say how many",
    ],
    ["one name", { zoneNames: ["us-east-1a"] }, 'zoneNames: ["us-east-1a"] has 1 zones; name 2 or 3'],
    [
      "a local zone",
      { zoneNames: ["us-west-2a", "us-west-2-lax-1a"] },
      'zoneNames[1]: "us-west-2-lax-1a" is no availability zone of a region; write it like "eu-central-1a"; local zones cannot be used',
    ],
    [
      "a zone twice",
      { zoneNames: ["us-east-1a", "us-east-1a"] },
      'zoneNames[1]: "us-east-1a" is there twice; leave one of them out',
    ],
    [
      "zones of two regions",
      { zoneNames: ["us-east-1a", "us-east-2b"] },
      'zoneNames[1]: "us-east-2b" is in another region than us-east-1a; a network lies in one region',
    ],
    ["an unknown gateway", { nat: "two" as NatGateways }, 'nat: "two" is not known; use none, one or per-zone'],
    [
      "an unknown endpoint",
      { endpoints: { interfaces: ["sqs" as InterfaceEndpoint] } },
      'endpoints.interfaces[0]: "sqs" is not known; use ssm, ssmmessages, ec2messages, autoscaling, monitoring or logs',
    ],
    [
      "an endpoint twice",
      { endpoints: { interfaces: [InterfaceEndpoint.Ssm, InterfaceEndpoint.Ssm] } },
      'endpoints.interfaces[1]: "ssm" is there twice; leave one of them out',
    ],
    [
      "unknown logs",
      { flowLogs: { traffic: "some" as LoggedTraffic } },
      'flowLogs.traffic: "some" is not known; use none, rejected or all',
    ],
    [
      "a period that CloudWatch does not know",
      { flowLogs: { retentionDays: 31 } },
      "flowLogs.retentionDays: 31 is no period that CloudWatch keeps logs for; the next one is 60 days",
    ],
  ];
  for (const [what, create, problem] of refused)
    it(`refuses ${what}`, () => assert.deepEqual(said({ create }), [`create.${problem}`]));

  it("refuses a network that is to be there and to be made", () => {
    assert.deepEqual(said({ create: {}, existing: { vpcId, publicSubnetIds: [subnet] } }), [
      "create: is given beside an existing network; leave out one of the two",
    ]);
  });

  it("refuses ids that are none, are there twice, or are missing", () => {
    assert.deepEqual(said({ existing: { vpcId: "vpc-1", publicSubnetIds: [] } }), [
      'existing.vpcId: "vpc-1" is no id of a VPC; write it like "vpc-0123456789abcdef0"',
      "existing.publicSubnetIds: [] names no subnet; name one at least; a balancer needs two",
    ]);
    const existing = { vpcId, publicSubnetIds: [subnet, "sg-1"], privateSubnetIds: [other, subnet] };
    assert.deepEqual(said({ existing }), [
      'existing.publicSubnetIds[1]: "sg-1" is no id of a subnet; write it like "subnet-0123456789abcdef0"',
      `existing.privateSubnetIds[1]: "${subnet}" is there twice; leave one of them out`,
    ]);
  });

  it("refuses a name from which no role's name can be made, of a new network only", () => {
    const long = "n".repeat(47);
    assert.deepEqual(said({ create: {} }, long), [`name: "${long}" has 47 characters; use at most 46`]);
    assert.deepEqual(said({ create: {} }, "n".repeat(46)), []);
    assert.deepEqual(said({ create: {} }, "web shop"), [
      'name: "web shop" cannot name a network; use letters, digits, hyphens and underscores, a letter first',
    ]);
    assert.deepEqual(said({}, long), []);
  });

  it("gives all problems at once", () => {
    const paths = networkProblems("web", { create: { cidr: "x", zones: 9, nat: "x" as NatGateways } });
    assert.deepEqual(
      paths.map(({ path }) => path),
      ["create.cidr", "create.zones", "create.nat"],
    );
  });
});

describe("what is wrong with subnets that were found", () => {
  it("names those that lie in no or in another network", () => {
    const problems = straySubnetProblems("existing.publicSubnetIds", [subnet, other], {
      id: vpcId,
      subnetIds: [other],
    });
    assert.deepEqual(
      problems.map((problem) => `${problem.path}: ${problemText(problem)}`),
      [`existing.publicSubnetIds[0]: "${subnet}" is no subnet of ${vpcId}; it has ${other}`],
    );
  });

  it("names those that share a zone with another", () => {
    const found = [subnet, other].map((id) => ({ id, availabilityZone: "us-east-1a" }));
    assert.deepEqual(
      sharedZoneProblems("existing.publicSubnetIds", found).map(
        (problem) => `${problem.path}: ${problemText(problem)}`,
      ),
      [`existing.publicSubnetIds[1]: "${other}" lies in us-east-1a, as ${subnet} does; name one subnet of each zone`],
    );
  });
});
