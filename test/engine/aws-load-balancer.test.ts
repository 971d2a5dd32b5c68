import assert from "node:assert/strict";
import type { App } from "../../components/app/app";
import { useAwsStack } from "./aws-stack";

/** A balancer in front of a machine, as `balancer.json` has it, with a web ACL where it has one, and a name that leads to it. */
const program = `
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as ec2 from "@pulumi/aws/ec2";
import * as route53 from "@pulumi/aws/route53";
import * as pulumi from "@pulumi/pulumi";
import { LoadBalancer, SecurityGroup, Server, WebAcl } from "../components";

const { login, acl, ...args } = JSON.parse(readFileSync(join(__dirname, "balancer.json"), "utf8"));
const subnets = ["a", "b"].map((zone) => ec2.getSubnetOutput({ availabilityZone: \`eu-central-1\${zone}\` }));
const group = new SecurityGroup("web", { vpcId: subnets[0].vpcId });
const server = new Server("web", { debian: 12, userData: "#cloud-config\\n", securityGroupIds: [group.groupId] });
const balancer = new LoadBalancer("web", {
  ...args,
  vpcId: subnets[0].vpcId,
  subnetIds: subnets.map(({ id }) => id),
  addresses: ["172.31.0.0/20", "172.31.16.0/20"],
  hosts: [{ name: "web", id: group.groupId }],
  targets: [{ name: "web", instanceId: server.instanceId }],
  login: { ...login, clientSecret: "hunter2-hunter2" },
  accessLogs: {},
  webAclArn: acl && new WebAcl("web", acl).arn,
});
new route53.Record("www", {
  zoneId: route53.getZoneOutput({ name: "example.com" }).zoneId,
  name: "www.example.com",
  type: "A",
  aliases: [{ name: balancer.dnsName, zoneId: balancer.zoneId, evaluateTargetHealth: false }],
});
export const groups = balancer.targetGroupArns;
`;

const code = { source: { directory: "examples/live" }, process: { command: ["/usr/bin/python3", "app.py"] } };
const docs: App = { ...code, name: "docs", routes: [{ domain: "docs.example.com" }], health: { path: "up" } };
const shop: App = { ...code, name: "shop", routes: [{ domain: "www.example.com" }] };
const login = {
  issuer: "https://login.example.com",
  authorizationEndpoint: "https://login.example.com/authorize",
  tokenEndpoint: "https://login.example.com/token",
  userInfoEndpoint: "https://login.example.com/userinfo",
  clientId: "landfall",
  domains: ["docs.example.com"],
};
const described = { apps: [docs, shop], certificateArn: "arn:aws:acm:eu-central-1:111122223333:certificate/1", login };

describe("a load balancer in AWS, with the real engine and a simulated AWS", function () {
  this.timeout(120_000);
  const stack = useAwsStack({ program, file: "balancer.json", usual: described });

  it("comes up, and has nothing to do afterwards", async () => {
    await stack.up();
    assert.deepEqual(await stack.changedBy({}), []);
  });

  it("has no secret in its state", async () => assert.doesNotMatch(JSON.stringify(await stack.state()), /hunter2/));

  it("has a rule more, and nothing else changed, when a route is added", async () => {
    const routes = [{ domain: "www.example.com", path: "/chat/" }, ...shop.routes!];
    assert.deepEqual(await stack.changedBy({ apps: [docs, { ...shop, routes }] }), [
      "create aws:lb/listenerRule:ListenerRule web-www.example.com/chat/",
    ]);
  });

  it("has a certificate more, and nothing else changed, when one is added", async () => {
    const furtherCertificateArns = { "docs.example.com": "arn:aws:acm:eu-central-1:111122223333:certificate/2" };
    assert.deepEqual(await stack.changedBy({ furtherCertificateArns }), [
      "create aws:lb/listenerCertificate:ListenerCertificate web-docs.example.com",
    ]);
  });

  it("asks in the same place when an app's health is elsewhere, and for another status in place", async () => {
    assert.deepEqual(await stack.changedBy({ apps: [{ ...docs, health: { path: "well" } }, shop] }), []);
    assert.deepEqual(await stack.changedBy({ apps: [{ ...docs, health: { path: "up", status: 204 } }, shop] }), [
      "update aws:lb/targetGroup:TargetGroup web-docs",
    ]);
  });

  it("has its times, its TLS and its stickiness changed in place", async () => {
    const tlsPolicy = "ELBSecurityPolicy-TLS13-1-3-PQ-2025-09";
    assert.deepEqual(await stack.changedBy({ idleSeconds: 120, tlsPolicy, stickySeconds: 60 }), [
      "update aws:lb/listener:Listener web-https",
      "update aws:lb/loadBalancer:LoadBalancer web",
      "update aws:lb/targetGroup:TargetGroup web-docs",
      "update aws:lb/targetGroup:TargetGroup web-shop",
    ]);
  });

  it("gets a web ACL of its region, and leaves it again, without a change to itself", async () => {
    const acl = { scope: "REGIONAL" };
    const guard = ["aws:wafv2/webAcl:WebAcl web", "aws:wafv2/webAclAssociation:WebAclAssociation web"];
    assert.deepEqual(
      await stack.changedBy({ acl }),
      guard.map((one) => `create ${one}`),
    );
    await stack.up();
    assert.deepEqual(await stack.changedBy({ acl }), []);
    assert.deepEqual(
      await stack.changedBy({}),
      guard.map((one) => `delete ${one}`),
    );
    await stack.up();
  });

  it("is another one with groups of its own when it becomes internal", async () => {
    const found = await stack.changedBy({ internal: true });
    assert.ok(found.includes("replace aws:lb/loadBalancer:LoadBalancer web"), found.join("\n"));
    const groups = found.filter((change) => change.includes("TargetGroup web"));
    assert.deepEqual(groups, [
      "create aws:lb/targetGroup:TargetGroup web-in-docs",
      "create aws:lb/targetGroup:TargetGroup web-in-shop",
      "delete aws:lb/targetGroup:TargetGroup web-docs",
      "delete aws:lb/targetGroup:TargetGroup web-shop",
    ]);
    await stack.up();
    assert.deepEqual(await stack.changes(), []);
  });

  it("refuses what is wrong with its description, by one error", async () => {
    stack.describe({ idleSeconds: 4001, stickySeconds: 0 });
    const shown = await stack.refused();
    assert.match(shown, /landfall:index:LoadBalancer 'web' has 2 problems/);
    stack.describe({ internal: true });
  });

  it("can be destroyed", () => stack.destroyed());
});
