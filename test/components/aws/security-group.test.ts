import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { SecurityGroup, SecurityGroupArgs } from "../../../components/aws/security-group";
import { all, one, record, Recorded } from "./recorded";

const group = (args: SecurityGroupArgs): Promise<Recorded<SecurityGroup>> =>
  record(() => new SecurityGroup("web", args));
const ingressRule = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const egressRule = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";

describe("SecurityGroup", () => {
  it("makes a group without rules of its own, and each rule as a resource named by its meaning", async () => {
    const recorded = await group({
      vpcId: "vpc-1",
      ingress: [{ port: "https" }],
      egress: [{ port: "submission", peer: "203.0.113.7/32" }],
      tags: { team: "web" },
    });
    assert.deepEqual(one(recorded, "aws:ec2/securityGroup:SecurityGroup").inputs, {
      vpcId: "vpc-1",
      description: "Traffic of web",
      tags: { Name: "web", team: "web" },
    });
    assert.deepEqual(
      all(recorded, ingressRule).map(({ name }) => name),
      ["web-https-from-anywhere-ipv4", "web-https-from-anywhere-ipv6"],
    );
    assert.deepEqual(one(recorded, egressRule).inputs, {
      securityGroupId: "web-id",
      description: "submission to 203.0.113.7/32",
      ipProtocol: "tcp",
      fromPort: 587,
      toPort: 587,
      cidrIpv4: "203.0.113.7/32",
      tags: { team: "web" },
    });
  });

  it("lets nothing out that was not asked for", async () => {
    assert.deepEqual(all(await group({ ingress: [{ port: "https" }] }), egressRule), []);
  });

  it("takes a group whose id is known later", async () => {
    const balancer = { name: "balancer", id: pulumi.output(Promise.resolve("sg-0123456789abcdef0")) };
    const recorded = await group({ ingress: [{ port: "8080", group: balancer }] });
    const rule = one(recorded, ingressRule, "web-8080-from-group-balancer");
    assert.equal(rule.inputs.referencedSecurityGroupId, "sg-0123456789abcdef0");
  });

  it("changes no other rule when one is added in front", async () => {
    const before = await group({ ingress: [{ port: "https" }] });
    const after = await group({ ingress: [{ port: "http" }, { port: "https" }] });
    const rules = (recorded: typeof before): Map<string, unknown> =>
      new Map(all(recorded, ingressRule).map(({ name, inputs }) => [name, inputs]));
    for (const [name, inputs] of rules(before)) assert.deepEqual(rules(after).get(name), inputs);
  });

  it("is a peer of others by its name and the port that its members answer on", async () => {
    const recorded = await record(() => {
      const database = new SecurityGroup("database", { port: "5432" });
      return new SecurityGroup("web", {
        egress: [{ group: database.asPeer() }, { group: database.asPeer(), port: "22" }],
      });
    });
    assert.deepEqual(
      all(recorded, egressRule).map(({ name, inputs }) => [name, inputs.fromPort, inputs.referencedSecurityGroupId]),
      [
        ["web-5432-to-group-database", 5432, "database-id"],
        ["web-ssh-to-group-database", 22, "database-id"],
      ],
    );
  });

  it("takes a prefix list whose id is known later", async () => {
    const prefixList = { name: "cloudfront", id: pulumi.output(Promise.resolve("pl-3b927c52")), weight: 55 };
    const rule = one(await group({ ingress: [{ port: "https", prefixList }] }), ingressRule);
    assert.deepEqual([rule.name, rule.inputs.prefixListId], ["web-https-from-list-cloudfront", "pl-3b927c52"]);
  });

  it("warns once that AWS blocks mail by port 25", async () => {
    const { warnings } = await group({ egress: [{ port: "smtp" }] });
    assert.equal(warnings.length, 1);
    assert.match(warnings[0]!, /^AWS blocks port 25 out of every instance/);
    assert.deepEqual((await group({ egress: [{ port: "submission" }] })).warnings, []);
  });

  it("refuses with all problems, before any rule is made", async () => {
    const wrong = { ingress: [{ port: "gopher" }], egress: [{ port: "9-8" }], port: "postgres", rulesQuota: 0 };
    await assert.rejects(group(wrong), (error: unknown) => {
      assert.ok(pulumi.InputPropertiesError.isInstance(error));
      assert.match(error.message, /^landfall:index:SecurityGroup 'web' has 4 problems:/);
      assert.deepEqual(
        error.errors?.map((problem) => problem.propertyPath),
        ["rulesQuota", "ingress[0].port", "egress[0].port", "port"],
      );
      return true;
    });
  });
});
