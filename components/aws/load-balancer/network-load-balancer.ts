import * as lb from "@pulumi/aws/lb";
import * as pulumi from "@pulumi/pulumi";
import { inputProblems } from "../../input-problems";
import { SecurityGroup } from "../security-group";
import { admitBalancer } from "./admit-balancer";
import type { NetworkLoadBalancerArgs } from "./network-load-balancer-args";
import { NetworkLoadBalancerPlan, PlannedListener, planNetworkLoadBalancer } from "./plan-network-load-balancer";

/**
 * A Network Load Balancer in front of hosts whose apps take connections of their own: mail, directories, anything over TCP.
 * It reads no requests and ends no TLS. The hosts see the client's address, in the packets or by the PROXY protocol.
 *
 * @example
 * new NetworkLoadBalancer("directory", {
 *   listeners: [{ port: "ldaps" }],
 *   vpcId: "vpc-0123456789abcdef0",
 *   subnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
 *   hosts: [{ name: "directory", id: group.groupId }],
 *   targets: [{ name: "directory", instanceId: server.instanceId }],
 * });
 */
export class NetworkLoadBalancer extends pulumi.ComponentResource {
  /** The balancer's name for all of AWS. */
  readonly arn: pulumi.Output<string>;
  /** Its name in DNS, for alias records; resolved once it listens on all ports. */
  readonly dnsName: pulumi.Output<string>;
  /** The hosted zone of that name, for alias records. */
  readonly zoneId: pulumi.Output<string>;
  /** Id of its security group. */
  readonly groupId: pulumi.Output<string>;
  /** Target groups by purpose or port, for fleets that attach their machines; resolved once connections are sent there. */
  readonly targetGroupArns: pulumi.Output<Record<string, string>>;

  /** @throws pulumi.InputPropertiesError with every problem of the description */
  constructor(name: string, args: NetworkLoadBalancerArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landfall:index:NetworkLoadBalancer", name, args, opts);
    const plan = planNetworkLoadBalancer(name, args);
    if (plan.problems.length) throw inputProblems(`landfall:index:NetworkLoadBalancer '${name}'`, plan.problems);

    const group = this.securityGroup(name, args, plan);
    const balancer = this.balancer(name, args, plan, group);
    const listeners = plan.listeners.map((planned) => {
      const targets = this.targetGroup(planned, args);
      return { key: planned.key, targets, listener: this.listener(name, planned, balancer, targets, args) };
    });
    for (const { key, targets } of listeners) this.attachments(`${name}-${key}`, targets, args);

    // URNs are known while something is only previewed, and come when it is made.
    const listening = pulumi.all(listeners.map(({ listener }) => listener.urn));
    const arns = pulumi.all(Object.fromEntries(listeners.map(({ key, targets }) => [key, targets.arn])));
    this.arn = balancer.arn;
    this.dnsName = pulumi.all([balancer.dnsName, listening]).apply(([dnsName]) => dnsName);
    this.zoneId = balancer.zoneId;
    this.groupId = group.groupId;
    this.targetGroupArns = pulumi.all([arns, listening]).apply(([byPort]) => byPort);
    this.registerOutputs({
      arn: this.arn,
      dnsName: this.dnsName,
      zoneId: this.zoneId,
      groupId: this.groupId,
      targetGroupArns: this.targetGroupArns,
    });
  }

  /** It has to be there from the start: AWS gives no group to a balancer that was made without one. */
  private securityGroup(name: string, args: NetworkLoadBalancerArgs, plan: NetworkLoadBalancerPlan): SecurityGroup {
    const { vpcId, hosts, tags } = args;
    const group = new SecurityGroup(`${name}-tcp`, { vpcId, ...plan.traffic, tags }, { parent: this });
    for (const host of hosts) {
      for (const [purpose, port] of plan.hostPorts) {
        const rule = { name, groupId: group.groupId, purpose, port, tags };
        admitBalancer(`${name}-${purpose}-to-${host.name}`, host, rule, { parent: this });
      }
    }
    return group;
  }

  private balancer(
    name: string,
    { subnetIds, internal, ipv6, crossZone, protection, tags }: NetworkLoadBalancerArgs,
    plan: NetworkLoadBalancerPlan,
    group: SecurityGroup,
  ): lb.LoadBalancer {
    return new lb.LoadBalancer(
      plan.name,
      {
        loadBalancerType: "network",
        internal: internal ?? false,
        ipAddressType: ipv6 ? "dualstack" : "ipv4",
        subnets: subnetIds,
        securityGroups: [group.groupId],
        enableCrossZoneLoadBalancing: crossZone ?? true,
        enableDeletionProtection: protection ?? false,
        tags: { Name: name, ...tags },
      },
      { parent: this, protect: protection },
    );
  }

  private targetGroup(planned: PlannedListener, { vpcId, tags }: NetworkLoadBalancerArgs): lb.TargetGroup {
    const { groupName, hostPort, proxyProtocol } = planned;
    return new lb.TargetGroup(
      groupName,
      {
        vpcId,
        targetType: "instance",
        port: hostPort,
        protocol: "TCP",
        proxyProtocolV2: proxyProtocol,
        // Else a connection that begins with the client's address would also seem to come from there, and hosts believe
        // the balancer's own addresses only.
        preserveClientIp: String(!proxyProtocol),
        healthCheck: {
          protocol: "TCP",
          port: "traffic-port",
          interval: 10,
          timeout: 5,
          healthyThreshold: 3,
          unhealthyThreshold: 3,
        },
        tags: { Name: groupName, ...tags },
      },
      { parent: this },
    );
  }

  private listener(
    name: string,
    { key, port, idleSeconds }: PlannedListener,
    balancer: lb.LoadBalancer,
    targets: lb.TargetGroup,
    { tags }: NetworkLoadBalancerArgs,
  ): lb.Listener {
    return new lb.Listener(
      `${name}-${key}`,
      {
        loadBalancerArn: balancer.arn,
        port,
        protocol: "TCP",
        tcpIdleTimeoutSeconds: idleSeconds,
        defaultActions: [{ type: "forward", order: 1, targetGroupArn: targets.arn }],
        tags,
      },
      { parent: this },
    );
  }

  private attachments(name: string, group: lb.TargetGroup, { targets = [] }: NetworkLoadBalancerArgs): void {
    for (const target of targets) {
      new lb.TargetGroupAttachment(
        `${name}-${target.name}`,
        { targetGroupArn: group.arn, targetId: target.instanceId },
        { parent: this },
      );
    }
  }
}
