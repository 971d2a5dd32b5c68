import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { Network } from "../../../../components/aws/network/network";
import { NetworkArgs } from "../../../../components/aws/network/network-args";
import { Account, record, Recorded, valueOf } from "../recorded";

const vpcId = "vpc-0123456789abcdef0";
const there: Record<string, { vpcId: string; availabilityZone: string; cidrBlock: string }> = {
  "subnet-0000000b": { vpcId, availabilityZone: "us-west-2b", cidrBlock: "172.31.16.0/20" },
  "subnet-0000000a": { vpcId, availabilityZone: "us-west-2a", cidrBlock: "172.31.0.0/20" },
};

const answers: Account["answers"] = {
  "aws:ec2/getSubnets:getSubnets": () => ({ ids: Object.keys(there) }),
  "aws:ec2/getSubnet:getSubnet": ({ id }) => ({ id, ...there[String(id)] }),
  "aws:ec2/getVpc:getVpc": ({ id }) => ({
    id,
    cidrBlockAssociations: [
      { cidrBlock: "172.31.0.0/16", state: "associated" },
      { cidrBlock: "10.9.0.0/16", state: "disassociated" },
    ],
    ipv6CidrBlock: "",
  }),
};

const network = (args: NetworkArgs): Promise<Recorded<Network>> => record(() => new Network("web", args), { answers });

describe("Network", () => {
  describe("that is there", () => {
    it("is the default one when nothing is said: its default subnets, by zone", async () => {
      const { resources, result, calls } = await network({});
      assert.deepEqual(
        resources.map(({ type }) => type),
        ["landfall:index:Network"],
      );
      assert.deepEqual(calls.find(({ token }) => token.endsWith("getSubnets"))?.inputs, {
        filters: [{ name: "default-for-az", values: ["true"] }],
      });
      assert.equal(await valueOf(result.vpcId), vpcId);
      assert.deepEqual(await valueOf(result.publicSubnetIds), ["subnet-0000000a", "subnet-0000000b"]);
      assert.deepEqual(await valueOf(result.privateSubnetIds), []);
      assert.deepEqual(await valueOf(result.zones), ["us-west-2a", "us-west-2b"]);
      assert.deepEqual(await valueOf(result.publicCidrs), ["172.31.0.0/20", "172.31.16.0/20"]);
      assert.deepEqual(await valueOf(result.cidrBlocks), ["172.31.0.0/16"]);
      assert.equal(await valueOf(result.ipv6CidrBlock), "");
    });

    it("is the one that is named, its subnets in the order that they are named in", async () => {
      const existing = { vpcId, publicSubnetIds: ["subnet-0000000b"], privateSubnetIds: ["subnet-0000000a"] };
      const { resources, result, calls } = await network({ existing });
      assert.equal(resources.length, 1);
      assert.deepEqual(calls.find(({ token }) => token.endsWith("getSubnets"))?.inputs, {
        filters: [{ name: "vpc-id", values: [vpcId] }],
      });
      assert.deepEqual(await valueOf(result.publicSubnetIds), ["subnet-0000000b"]);
      assert.deepEqual(await valueOf(result.privateSubnetIds), ["subnet-0000000a"]);
      assert.deepEqual(await valueOf(result.publicCidrs), ["172.31.16.0/20"]);
    });

    it("takes ids that are known later", async () => {
      const later = (id: string): pulumi.Output<string> => pulumi.output(Promise.resolve(id));
      const { result } = await network({
        existing: { vpcId: later(vpcId), publicSubnetIds: [later("subnet-0000000a")] },
      });
      assert.deepEqual(await valueOf(result.zones), ["us-west-2a"]);
    });
  });

  it("refuses with all problems, before anything is made", async () => {
    const args: NetworkArgs = { create: { cidr: "10.0.0.0/8", zones: 4 } };
    await assert.rejects(network(args), (error: unknown) => {
      assert.ok(pulumi.InputPropertiesError.isInstance(error));
      assert.match(error.message, /^landfall:index:Network 'web' has 2 problems:/);
      assert.deepEqual(
        error.errors?.map((problem) => problem.propertyPath),
        ["create.cidr", "create.zones"],
      );
      return true;
    });
  });
});
