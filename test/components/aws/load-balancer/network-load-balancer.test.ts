import assert from "node:assert/strict";
import { NetworkLoadBalancer } from "../../../../components/aws/load-balancer/network-load-balancer";
import { NetworkLoadBalancerArgs } from "../../../../components/aws/load-balancer/network-load-balancer-args";
import { all, one, record, Recorded, valueOf } from "../recorded";

const type = {
  balancer: "aws:lb/loadBalancer:LoadBalancer",
  group: "aws:lb/targetGroup:TargetGroup",
  listener: "aws:lb/listener:Listener",
  attachment: "aws:lb/targetGroupAttachment:TargetGroupAttachment",
  ingress: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
  egress: "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
};

const made = (more: Partial<NetworkLoadBalancerArgs> = {}): Promise<Recorded<NetworkLoadBalancer>> =>
  record(
    () =>
      new NetworkLoadBalancer("web", {
        listeners: [{ port: "ldaps" }, { port: "smtp", hostPort: 2525, proxyProtocol: true }],
        vpcId: "vpc-1",
        subnetIds: ["subnet-1", "subnet-2"],
        hosts: [{ name: "mail", id: "sg-1" }],
        targets: [{ name: "mail", instanceId: "i-1" }],
        ...more,
      }),
  );

describe("NetworkLoadBalancer", () => {
  it("is public, spreads connections over all zones, and has a group from the start", async () => {
    assert.deepEqual(one(await made({ tags: { team: "mail" } }), type.balancer).inputs, {
      loadBalancerType: "network",
      internal: false,
      ipAddressType: "ipv4",
      subnets: ["subnet-1", "subnet-2"],
      securityGroups: ["web-tcp-id"],
      enableCrossZoneLoadBalancing: true,
      enableDeletionProtection: false,
      tags: { Name: "web", team: "mail" },
    });
  });

  it("passes connections of a port on to a group of its own", async () => {
    const recorded = await made();
    const { inputs, dependsOn } = one(recorded, type.listener, "web-ldaps");
    assert.deepEqual(
      [inputs.port, inputs.protocol, inputs.tcpIdleTimeoutSeconds, inputs.defaultActions],
      [636, "TCP", 350, [{ type: "forward", order: 1, targetGroupArn: "web-ldaps-arn" }]],
    );
    assert.ok(
      dependsOn.some((urn) => urn.includes("web-ldaps")),
      dependsOn.join(),
    );
    assert.deepEqual(
      all(recorded, type.attachment).map(({ name, inputs: of }) => [name, of.targetGroupArn, of.targetId]),
      [
        ["web-ldaps-mail", "web-ldaps-arn", "i-1"],
        ["web-smtp-mail", "web-smtp-arn", "i-1"],
      ],
    );
  });

  it("tells hosts the client's address in the packets or by the PROXY protocol, never in both", async () => {
    const recorded = await made();
    const told = (name: string): unknown[] => {
      const { inputs } = one(recorded, type.group, name);
      return [inputs.port, inputs.preserveClientIp, inputs.proxyProtocolV2];
    };
    assert.deepEqual(told("web-ldaps"), [636, "true", false]);
    assert.deepEqual(told("web-smtp"), [2525, "false", true]);
  });

  it("may connect to the hosts' ports only, and is let in there", async () => {
    const recorded = await made();
    assert.deepEqual(
      all(recorded, type.egress).map(({ name }) => name),
      ["web-tcp-ldaps-to-group-mail", "web-tcp-2525-to-group-mail"],
    );
    const admitted = all(recorded, type.ingress).filter(({ inputs }) => inputs.securityGroupId === "sg-1");
    assert.deepEqual(
      admitted.map(({ name, inputs }) => [name, inputs.fromPort, inputs.toPort, inputs.referencedSecurityGroupId]),
      [
        ["web-ldaps-to-mail", 636, 636, "web-tcp-id"],
        ["web-2525-to-mail", 2525, 2525, "web-tcp-id"],
      ],
    );
  });

  it("says where it answers, and where fleets attach their machines", async () => {
    const { result } = await made();
    assert.equal(await valueOf(result.dnsName), "web-tcp.elb.amazonaws.com");
    assert.equal(await valueOf(result.zoneId), "Z9");
    assert.equal(await valueOf(result.groupId), "web-tcp-id");
    assert.deepEqual(await valueOf(result.targetGroupArns), { ldaps: "web-ldaps-arn", smtp: "web-smtp-arn" });
  });

  it("is protected where asked", async () => {
    const balancer = one(await made({ protection: true, internal: true, ipv6: true, crossZone: false }), type.balancer);
    const { enableDeletionProtection, internal, ipAddressType, enableCrossZoneLoadBalancing } = balancer.inputs;
    assert.equal(balancer.protect, true);
    assert.deepEqual(
      [enableDeletionProtection, internal, ipAddressType, enableCrossZoneLoadBalancing],
      [true, true, "dualstack", false],
    );
  });

  it("lists everything that is wrong, before any resource is made", async () => {
    const { resources } = await record(() =>
      assert.throws(
        () => new NetworkLoadBalancer("web", { listeners: [], vpcId: "vpc-1", subnetIds: [], hosts: [] }),
        /'web' has 3 problems[\s\S]*listeners[\s\S]*subnetIds[\s\S]*hosts/,
      ),
    );
    assert.deepEqual(
      resources.filter((resource) => resource.type.startsWith("aws:")),
      [],
    );
  });
});
