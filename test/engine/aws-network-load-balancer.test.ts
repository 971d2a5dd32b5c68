import assert from "node:assert/strict";
import { useAwsStack } from "./aws-stack";

/** A balancer in front of a machine that takes mail and answers for a directory, as `balancer.json` has it. */
const program = `
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as ec2 from "@pulumi/aws/ec2";
import { NetworkLoadBalancer, SecurityGroup, Server } from "../components";

const args = JSON.parse(readFileSync(join(__dirname, "balancer.json"), "utf8"));
const subnets = ["a", "b"].map((zone) => ec2.getSubnetOutput({ availabilityZone: \`eu-central-1\${zone}\` }));
const group = new SecurityGroup("mail", { vpcId: subnets[0].vpcId });
const server = new Server("mail", { debian: 12, userData: "#cloud-config\\n", securityGroupIds: [group.groupId] });
export const { dnsName, targetGroupArns } = new NetworkLoadBalancer("mail", {
  ...args,
  vpcId: subnets[0].vpcId,
  subnetIds: subnets.map(({ id }) => id),
  hosts: [{ name: "mail", id: group.groupId }],
  targets: [{ name: "mail", instanceId: server.instanceId }],
});
`;

const listeners = [{ port: "ldaps" }, { port: "smtp", hostPort: 2525, proxyProtocol: true }];

describe("a network load balancer in AWS, with the real engine and a simulated AWS", function () {
  this.timeout(120_000);
  const stack = useAwsStack({ program, file: "balancer.json", usual: { listeners } });

  it("comes up, and has nothing to do afterwards", async () => {
    await stack.up();
    assert.deepEqual(await stack.changedBy({ listeners }), []);
  });

  it("has what belongs to a port more, and nothing else changed, when one is put before the others", async () => {
    assert.deepEqual(await stack.changedBy({ listeners: [{ port: "smtps" }, ...listeners] }), [
      "create aws:lb/listener:Listener mail-smtps",
      "create aws:lb/targetGroup:TargetGroup mail-smtps",
      "create aws:lb/targetGroupAttachment:TargetGroupAttachment mail-smtps-mail",
      "create aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule mail-tcp-smtps-to-group-mail",
      "create aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule mail-smtps-to-mail",
      "create aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule mail-tcp-smtps-from-anywhere-ipv4",
      "create aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule mail-tcp-smtps-from-anywhere-ipv6",
    ]);
  });

  it("has its times and the way it names clients changed in place", async () => {
    const others = [
      { port: "ldaps", idleSeconds: 900 },
      { port: "smtp", hostPort: 2525 },
    ];
    assert.deepEqual(await stack.changedBy({ listeners: others }), [
      "update aws:lb/listener:Listener mail-ldaps",
      "update aws:lb/targetGroup:TargetGroup mail-smtp",
    ]);
  });

  it("can be destroyed", () => stack.destroyed());
});
