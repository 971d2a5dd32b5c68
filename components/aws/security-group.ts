import * as ec2 from "@pulumi/aws/ec2";
import * as vpc from "@pulumi/aws/vpc";
import * as pulumi from "@pulumi/pulumi";
import { inputProblems } from "../input-problems";
import { PlannedRule, planTraffic, TrafficArgs } from "./plan-traffic";

/** What a security group lets through. */
export interface SecurityGroupArgs {
  /** The network that the group belongs to. @default the account's default VPC @example "vpc-0123456789abcdef0" */
  vpcId?: pulumi.Input<string>;
  /** What may come in, by purpose. @default nothing */
  ingress?: TrafficArgs[];
  /** What may go out, by purpose. @default nothing: unlike AWS's own default, egress starts closed */
  egress?: TrafficArgs[];
  /** Tags of the group and its rules. @default none @example { team: "web" } */
  tags?: Record<string, string>;
}

/**
 * A security group whose rules are named by purpose and peer (`https-from-anywhere-ipv4`, `ldaps-to-10.0.0.0/8`), each a
 * resource of its own, so that adding or reordering one never touches another.
 *
 * @example
 * new SecurityGroup("web", { ingress: [{ port: "https" }], egress: [{ port: "submission", peer: "203.0.113.7/32" }] });
 */
export class SecurityGroup extends pulumi.ComponentResource {
  /** The id of the group. */
  readonly groupId: pulumi.Output<string>;

  /** @throws pulumi.InputPropertiesError with every problem of the traffic */
  constructor(name: string, args: SecurityGroupArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landfall:index:SecurityGroup", name, args, opts);
    const { ingress, egress, problems } = planTraffic(args);
    if (problems.length) throw inputProblems(`landfall:index:SecurityGroup '${name}'`, problems);

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

    this.groupId = group.id;
    this.registerOutputs({ groupId: this.groupId });
  }
}
