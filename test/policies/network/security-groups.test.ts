import assert from "node:assert";

import { graphOf, Resource } from "../../../policies/graph/graph";
import { UNKNOWN } from "../../../policies/graph/value";
import { permissionText } from "../../../policies/network/permission";
import { permissions } from "../../../policies/network/security-groups";
import { resource } from "../sample-resource";

const group = resource("aws:ec2/securityGroup:SecurityGroup", "group", { properties: { id: "sg-1" } });

/** What is let through, as findings call it. */
const texts = (...resources: Resource[]) =>
  permissions(graphOf([group, ...resources])).map((one) => `${one.direction} ${permissionText(one)}`);

const rule = (type: string, properties: Resource["properties"]) =>
  resource(`aws:${type}`, "rule", { properties: { securityGroupId: "sg-1", ...properties } });

describe("permissions", () => {
  it("are the same for the three ways to write a rule", () => {
    const cidrs = { fromPort: 80, toPort: 80, protocol: "tcp", cidrBlocks: ["10.0.0.0/8"] };
    const inline = { ...group, urn: "inline", properties: { ingress: [cidrs] } };
    const classic = rule("ec2/securityGroupRule:SecurityGroupRule", { type: "ingress", ...cidrs });
    const single = rule("vpc/securityGroupIngressRule:SecurityGroupIngressRule", {
      ipProtocol: "6",
      fromPort: 80,
      toPort: 80,
      cidrIpv4: "10.0.0.0/8",
    });
    assert.deepStrictEqual(
      [inline, classic, single].map((one) => texts(one)),
      Array(3).fill(["ingress tcp/80 10.0.0.0/8"]),
    );
  });

  it("are one for each peer of a rule", () => {
    const classic = rule("ec2/securityGroupRule:SecurityGroupRule", {
      type: "egress",
      protocol: "-1",
      fromPort: 0,
      toPort: 0,
      cidrBlocks: ["10.0.0.0/8", "10.0.0.0/9"],
      ipv6CidrBlocks: ["::/0"],
      prefixListIds: ["pl-1"],
      self: true,
    });
    assert.deepStrictEqual(texts(classic), [
      "egress all 10.0.0.0/8",
      "egress all 10.0.0.0/9",
      "egress all ::/0",
      "egress all pl-1",
      "egress all itself",
    ]);
  });

  it("go in both directions when the direction is not known", () => {
    const classic = rule("ec2/securityGroupRule:SecurityGroupRule", {
      type: UNKNOWN,
      protocol: "tcp",
      fromPort: 22,
      toPort: 22,
      cidrBlocks: ["0.0.0.0/0"],
    });
    assert.deepStrictEqual(texts(classic), ["ingress tcp/22 0.0.0.0/0", "egress tcp/22 0.0.0.0/0"]);
  });

  it("have no known ports when the range is the wrong way round", () => {
    const single = rule("vpc/securityGroupIngressRule:SecurityGroupIngressRule", {
      ipProtocol: "tcp",
      fromPort: 90,
      toPort: 80,
      cidrIpv4: "0.0.0.0/0",
    });
    assert.deepStrictEqual(texts(single), ["ingress tcp/unknown 0.0.0.0/0"]);
  });

  it("are none where the provider only computes the rules of a group", () => {
    assert.deepStrictEqual(texts({ ...group, urn: "computed", properties: { ingress: UNKNOWN, egress: UNKNOWN } }), []);
  });

  it("name a group by what an inline egress rule is made from", () => {
    const database = resource("aws:ec2/securityGroup:SecurityGroup", "database");
    const inline = resource("aws:ec2/securityGroup:SecurityGroup", "web", {
      properties: { egress: [{ protocol: "tcp", fromPort: 5432, toPort: 5432, securityGroups: [UNKNOWN] }] },
      propertyDependencies: { egress: [database.urn] },
    });
    assert.deepStrictEqual(texts(database, inline), ["egress tcp/5432 group database"]);
  });
});
