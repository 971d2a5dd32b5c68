import * as assert from "node:assert/strict";

import { account, type AccountSettings } from "../../../../toolchain/providers/aws/account/account";
import { lookups } from "../../../../toolchain/providers/aws/functions";
import type { PropertyMap } from "../../../../toolchain/providers/property/value";

const region = "eu-central-1";

function call(token: string, args: PropertyMap = {}, settings: AccountSettings = {}): PropertyMap {
  const lookup = lookups[token];
  assert.ok(lookup);
  return lookup.find(args, account(region, settings), region);
}

const getZone = (args: PropertyMap, settings?: AccountSettings): PropertyMap =>
  call("aws:route53/getZone:getZone", args, settings);
const getSubnet = (args: PropertyMap): PropertyMap => call("aws:ec2/getSubnet:getSubnet", args);
const getParameter = (name: string): PropertyMap => call("aws:ssm/getParameter:getParameter", { name });

describe("what the recording aws provider answers", () => {
  it("finds a hosted zone by its domain, with or without a dot at the end, and the same one by its id", () => {
    const zone = getZone({ name: "example.com." });
    assert.deepEqual([zone["name"], zone["privateZone"]], ["example.com", false]);
    assert.deepEqual(getZone({ zoneId: zone["zoneId"] }), zone);
  });

  it("has the zones that the settings name, and no others", () => {
    const settings = { zones: ["shop.org"], privateZones: ["corp.internal"] };
    assert.equal((call("aws:route53/getZones:getZones", {}, settings)["ids"] as string[]).length, 2);
    assert.equal(getZone({ name: "shop.org" }, settings)["name"], "shop.org");
    assert.throws(() => getZone({ name: "example.com" }, settings), {
      message: "no matching Route 53 Hosted Zone found",
    });
  });

  it("tells private from public zones of one domain", () => {
    const settings = { zones: ["shop.org"], privateZones: ["shop.org"] };
    const ids = [false, true].map((privateZone) => getZone({ name: "shop.org", privateZone }, settings)["zoneId"]);
    assert.notEqual(ids[0], ids[1]);
  });

  it("answers for a domain below a zone as AWS does: it has no such zone", () => {
    assert.throws(() => getZone({ name: "www.example.com" }), { message: "no matching Route 53 Hosted Zone found" });
  });

  it("names an image for each release and processor architecture of Debian, always the same", () => {
    const images = ["12/latest/amd64", "12/latest/arm64", "13/latest/amd64"].map(
      (release) => getParameter(`/aws/service/debian/release/${release}`)["insecureValue"] as string,
    );
    assert.equal(new Set(images).size, 3);
    for (const image of images) assert.match(image, /^ami-0[0-9a-f]{16}$/);
    assert.equal(getParameter("/aws/service/debian/release/12/latest/amd64")["value"], images[0]);
  });

  it("knows AWS's lists of the addresses that CloudFront connects from, each by its name, and no others", () => {
    const list = (name: string): PropertyMap => call("aws:ec2/getManagedPrefixList:getManagedPrefixList", { name });
    const [four, six] = ["global", "global.ipv6"].map((word) => list(`com.amazonaws.${word}.cloudfront.origin-facing`));
    assert.match(String(four?.["id"]), /^pl-0[0-9a-f]{16}$/);
    assert.notEqual(four?.["id"], six?.["id"]);
    assert.deepEqual([four?.["addressFamily"], six?.["addressFamily"]], ["IPv4", "IPv6"]);
    assert.throws(() => list("com.amazonaws.global.groundstation"), {
      message: "no matching EC2 Managed Prefix List found",
    });
  });

  it("answers for any other parameter as AWS does", () => {
    assert.throws(() => getParameter("/aws/service/debian/release/9/latest/amd64"), {
      message: "reading SSM Parameter (/aws/service/debian/release/9/latest/amd64): couldn't find resource",
    });
  });

  it("has a subnet in each of three availability zones, found by zone, range or id", () => {
    const subnet = getSubnet({ availabilityZone: "eu-central-1b" });
    assert.equal(subnet["cidrBlock"], "172.31.16.0/20");
    assert.deepEqual(getSubnet({ id: subnet["id"] }), subnet);
    assert.deepEqual(getSubnet({ cidrBlock: subnet["cidrBlock"], vpcId: subnet["vpcId"] }), subnet);
  });

  it("answers for no subnet, and for several, as AWS does", () => {
    assert.throws(() => getSubnet({ id: "subnet-0" }), { message: "no matching EC2 Subnet found" });
    assert.throws(() => getSubnet({ vpcId: "vpc-0" }), { message: "no matching EC2 Subnet found" });
    assert.throws(() => getSubnet({}), /^Error: multiple EC2 Subnets matched/);
  });

  it("has the default network, and no other", () => {
    const network = call("aws:ec2/getVpc:getVpc", { default: true });
    assert.equal(network["cidrBlock"], "172.31.0.0/16");
    assert.deepEqual(call("aws:ec2/getVpc:getVpc", { id: network["id"] }), network);
    for (const args of [{ id: "vpc-0" }, { default: false }, { cidrBlock: "10.0.0.0/16" }])
      assert.throws(() => call("aws:ec2/getVpc:getVpc", args), { message: "no matching EC2 VPC found" });
  });

  it("lists the subnets of a network by filters, and refuses a filter that it does not know", () => {
    const subnets = (name: string, ...values: string[]): unknown =>
      call("aws:ec2/getSubnets:getSubnets", { filters: [{ name, values }] })["ids"];
    const { vpcId, subnets: all } = account(region);
    const ids = all.map(({ id }) => id);
    assert.deepEqual(subnets("vpc-id", vpcId), ids);
    assert.deepEqual(subnets("vpc-id", "vpc-0"), []);
    assert.deepEqual(subnets("default-for-az", "false"), []);
    assert.deepEqual(subnets("availability-zone", "eu-central-1b"), [ids[1]]);
    assert.throws(() => subnets("owner-id", "1"), /knows no filter owner-id here; it knows availability-zone,/);
  });

  it("lists the zones of a region, less those that are left out", () => {
    const zones = (args: PropertyMap): unknown =>
      call("aws:index/getAvailabilityZones:getAvailabilityZones", args)["names"];
    assert.deepEqual(zones({}), ["eu-central-1a", "eu-central-1b", "eu-central-1c"]);
    assert.deepEqual(zones({ excludeNames: ["eu-central-1a"] }), ["eu-central-1b", "eu-central-1c"]);
    assert.deepEqual(zones({ filters: [{ name: "zone-type", values: ["local-zone"] }] }), []);
  });

  it("offers what looks like a type of instance in every availability zone, and nothing else", () => {
    const offerings = (...values: string[]): unknown =>
      call("aws:ec2/getInstanceTypeOfferings:getInstanceTypeOfferings", {
        locationType: "availability-zone",
        filters: [{ name: "instance-type", values }],
      })["locations"];
    assert.deepEqual(offerings("t3.small"), ["eu-central-1a", "eu-central-1b", "eu-central-1c"]);
    assert.deepEqual(offerings("small"), []);
  });

  it("tells region, partition and account", () => {
    assert.equal(call("aws:index/getRegion:getRegion")["region"], region);
    assert.equal(call("aws:index/getPartition:getPartition")["partition"], "aws");
    const caller = call("aws:index/getCallerIdentity:getCallerIdentity", {}, { accountId: "123456789012" });
    assert.equal(caller["accountId"], "123456789012");
  });
});
