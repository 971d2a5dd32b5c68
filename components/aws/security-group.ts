import * as ec2 from "@pulumi/aws/ec2";
import * as vpc from "@pulumi/aws/vpc";
import * as pulumi from "@pulumi/pulumi";
import { at, Problem } from "../app/problem";
import { portFault } from "../app/traffic";
import { inputProblems } from "../input-problems";
import { PlannedRule, planTraffic } from "./plan-traffic";
import type { PeerGroup, TrafficArgs } from "./traffic-args";

/** What a security group lets through. */
export interface SecurityGroupArgs {
  /** The network that the group belongs to. @default the account's default VPC @example "vpc-0123456789abcdef0" */
  vpcId?: pulumi.Input<string>;
  /** What may come in, by purpose. @default nothing */
  ingress?: TrafficArgs[];
  /** What may go out, by purpose. @default nothing: unlike AWS's own default, egress starts closed */
  egress?: TrafficArgs[];
  /** The port that its members answer on; who names the group as a peer need not know it. @default none @example "5432" */
  port?: string;
  /**
   * Rules that AWS lets a group have in each direction, for IPv4 and for IPv6 (Amazon VPC User Guide, "Amazon VPC quotas").
   * @default 60
   * @example 100
   */
  rulesQuota?: number;
  /** Tags of the group and its rules. @default none @example { team: "web" } */
  tags?: Record<string, string>;
}

/**
 * A security group whose rules are named by purpose and peer (`https-from-anywhere-ipv4`, `ldaps-to-10.0.0.0/8`), each a
 * resource of its own, so that adding or reordering one never touches another.
 *
 * @example
 * new SecurityGroup("web", { ingress: [{ port: "https" }], egress: [{ port: "submission", peer: "203.0.113.7/32" }] });
 * @example
 * const database = new SecurityGroup("database", { port: "5432" });
 * new SecurityGroup("web", { ingress: [{ port: "https" }], egress: [{ group: database.asPeer() }] });
 */
export class SecurityGroup extends pulumi.ComponentResource {
  /** The id of the group. */
  readonly groupId: pulumi.Output<string>;
  private readonly own: Pick<PeerGroup, "name" | "port">;

  /** @throws pulumi.InputPropertiesError with every problem of the traffic */
  constructor(name: string, args: SecurityGroupArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landfall:index:SecurityGroup", name, args, opts);
    const { ingress, egress, problems, warnings } = planTraffic(args);
    problems.push(...ownPortProblems(args.port));
    if (problems.length) throw inputProblems(`landfall:index:SecurityGroup '${name}'`, problems);
    this.own = { name, port: args.port };

    // Another description means another group, so it does not tell of the rules. Rules are never given here: the
    // provider would fight over them with the rules below.
    const group = new ec2.SecurityGroup(
      name,
      { vpcId: args.vpcId, description: `Traffic of ${name}`, tags: { Name: name, ...args.tags } },
      { parent: this },
    );
    const of = (rule: PlannedRule): vpc.SecurityGroupIngressRuleArgs & vpc.SecurityGroupEgressRuleArgs => ({
      securityGroupId: group.id,
      description: rule.description,
      ipProtocol: rule.protocol,
      fromPort: rule.ports.from,
      toPort: rule.ports.to,
      ...rule.peer,
      tags: args.tags,
    });
    for (const rule of ingress) {
      new vpc.SecurityGroupIngressRule(`${name}-${rule.key}`, of(rule), { parent: this });
    }
    for (const rule of egress) {
      new vpc.SecurityGroupEgressRule(`${name}-${rule.key}`, of(rule), { parent: this });
    }

    for (const warning of warnings) void pulumi.log.warn(warning, this);

    this.groupId = group.id;
    this.registerOutputs({ groupId: this.groupId });
  }

  /** The group as a peer in the rules of another one, by its name and with the port that its members answer on. */
  asPeer(): PeerGroup {
    return { ...this.own, id: this.groupId };
  }
}

function ownPortProblems(port: string | undefined): Problem[] {
  const fault = port === undefined ? undefined : portFault(port);
  return fault ? [{ path: at("", "port"), value: port, ...fault }] : [];
}
