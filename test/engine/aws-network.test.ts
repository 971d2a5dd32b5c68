import assert from "node:assert/strict";
import type { NetworkArgs } from "../../components";
import { useAwsStack } from "./aws-stack";

/** A network with a machine in its first private subnet, which has to stay whatever is changed around it. */
const program = (args: NetworkArgs): string => `
import * as ec2 from "@pulumi/aws/ec2";
import { Network } from "../components";

const network = new Network("web", ${JSON.stringify(args)});
export const { publicCidrs, zones } = network;
new ec2.Instance("inside", {
  ami: "ami-0123456789abcdef0",
  instanceType: "t3.small",
  subnetId: network.privateSubnetIds[0],
});
`;

const subnetType = "aws:ec2/subnet:Subnet";

describe("Network, with the real engine and a simulated AWS", function () {
  this.timeout(120_000);
  const stack = useAwsStack({ name: "network" });

  const describeNetwork = (args: NetworkArgs): void => stack.project.edit("stacks/index.ts", () => program(args));
  const up = async (args: NetworkArgs): Promise<void> => {
    describeNetwork(args);
    await stack.up();
  };
  const changed = async (args: NetworkArgs): Promise<string[]> => {
    describeNetwork(args);
    return await stack.changes();
  };

  it("shows at the first preview where everything will be, and what roles may do", async () => {
    describeNetwork({ create: {} });
    const steps = await stack.previewed();
    const inputs = (type: string, name: string): Record<string, unknown> =>
      steps.find(({ urn }) => urn.endsWith(`${type}::${name}`))!.newState!.inputs!;
    const subnet = inputs(subnetType, "web-private-b");
    assert.deepEqual([subnet.availabilityZone, subnet.cidrBlock], ["eu-central-1b", "10.0.144.0/20"]);
    assert.match(inputs("aws:iam/rolePolicy:RolePolicy", "web-flow-logs").policy as string, /logs:PutLogEvents/);
    assert.equal(inputs("aws:ec2/vpcEndpoint:VpcEndpoint", "web-s3").serviceName, "com.amazonaws.eu-central-1.s3");
    const { shown } = await stack.project.pulumi("preview", "--stack", "network");
    assert.match(shown, /publicCidrs\s*: \[\s+\[0\]: "10\.0\.0\.0\/20"\s+\[1\]: "10\.0\.16\.0\/20"\s+\]/);
  });

  it("comes up, and has nothing to do afterwards", async () => {
    await up({ create: {} });
    assert.deepEqual(await stack.changes(), []);
  });

  it("touches nothing in two zones when there is a third", async () => {
    assert.deepEqual(await changed({ create: { zones: 3 } }), [
      "create aws:ec2/routeTable:RouteTable web-private-c",
      "create aws:ec2/routeTableAssociation:RouteTableAssociation web-private-c",
      "create aws:ec2/routeTableAssociation:RouteTableAssociation web-public-c",
      `create ${subnetType} web-private-c`,
      `create ${subnetType} web-public-c`,
      "update aws:ec2/vpcEndpoint:VpcEndpoint web-s3",
    ]);
  });

  it("changes nothing when the zones that it has are named", async () => {
    assert.deepEqual(await changed({ create: { zoneNames: ["eu-central-1a", "eu-central-1b"] } }), []);
  });

  it("makes a way out and replaces no subnet when there is a NAT gateway", async () => {
    const one: NetworkArgs = { create: { nat: "one" } };
    assert.deepEqual(await changed(one), [
      "create aws:ec2/eip:Eip web-nat-a",
      "create aws:ec2/natGateway:NatGateway web-nat-a",
      "create aws:ec2/route:Route web-private-a-ipv4",
      "create aws:ec2/route:Route web-private-b-ipv4",
    ]);
    await up(one);
    assert.deepEqual(await changed({ create: { nat: "per-zone" } }), [
      "create aws:ec2/eip:Eip web-nat-b",
      "create aws:ec2/natGateway:NatGateway web-nat-b",
      "update aws:ec2/route:Route web-private-b-ipv4",
    ]);
  });

  it("takes the way out away again, and nothing else", async () => {
    assert.deepEqual(await changed({ create: {} }), [
      "delete aws:ec2/eip:Eip web-nat-a",
      "delete aws:ec2/natGateway:NatGateway web-nat-a",
      "delete aws:ec2/route:Route web-private-a-ipv4",
      "delete aws:ec2/route:Route web-private-b-ipv4",
    ]);
  });

  it("adds IPv6 in place, a network of its own to each subnet", async () => {
    const both: NetworkArgs = { create: { ipv6: true } };
    const steps = await changed(both);
    assert.deepEqual(
      steps.filter((step) => /^(?:replace|delete-replaced|create-replacement)|Instance/.test(step)),
      [],
    );
    await up(both);
    const blocks = (await stack.state())
      .filter(({ type }) => type === subnetType)
      .map(({ outputs }) => outputs?.ipv6CidrBlock as string);
    assert.equal(new Set(blocks).size, 4);
    for (const block of blocks) assert.match(block, /^2001:db8:.*::\/64$/);
    assert.deepEqual(await stack.changes(), []);
  });

  it("refuses a subnet of another network by its name, once", async () => {
    const publicSubnetIds = ["subnet-0123456789abcdef0"];
    describeNetwork({ existing: { vpcId: "vpc-0123456789abcdef0", publicSubnetIds } });
    const shown = await stack.refused();
    assert.match(shown, /landfall:index:Network 'web' has 1 problem/);
    const reason = '"subnet-0123456789abcdef0" is no subnet of vpc-0123456789abcdef0; it has none';
    assert.equal(shown.split(reason).length, 2, shown);
  });

  it("refuses a zone that the region does not have", async () => {
    describeNetwork({ create: { zoneNames: ["eu-central-1a", "eu-central-1d"] } });
    const shown = await stack.refused();
    assert.match(shown, /create\.zoneNames\[1\] +"eu-central-1d" is no zone that this account can use in this region/);
  });

  it("finds the default network", async () => {
    describeNetwork({});
    const { shown } = await stack.project.pulumi("preview", "--stack", "network");
    assert.match(shown, /\[0\]: "10\.0\.0\.0\/20" => "172\.31\.0\.0\/20"/);
    assert.match(shown, /\[2\]: "eu-central-1c"/);
  });

  it("can be destroyed", async () => {
    describeNetwork({ create: { ipv6: true } });
    await stack.destroyed();
  });
});
