import * as cloudwatch from "@pulumi/aws/cloudwatch";
import type { wafv2 as inputs } from "@pulumi/aws/types/input";
import * as wafv2 from "@pulumi/aws/wafv2";
import * as pulumi from "@pulumi/pulumi";
import { inputProblems } from "../../input-problems";
import { PlannedRule, planWebAcl, WebAclPlan } from "./plan-web-acl";
import { WebAclArgs } from "./web-acl-args";

/**
 * A web ACL of AWS WAF: groups of rules that AWS keeps, and a limit for what one address may ask for. What no rule refuses is
 * let in. `counts` tries it out: CloudWatch has a metric for each rule, and samples of requests for three hours.
 *
 * @example
 * const acl = new WebAcl("web", { rateLimit: { requests: 2000 } });
 * new Cdn("web", {
 *   apps: [live],
 *   certificateArn: "arn:aws:acm:us-east-1:111122223333:certificate/0b0b4d1c-4a3f-4d2e-9c53-2f3c1d0e9a10",
 *   origin: { domainName: "origin.example.com" },
 *   webAclArn: acl.arn,
 * });
 */
export class WebAcl extends pulumi.ComponentResource {
  /** Its name for all of AWS: the `webAclArn` of a `Cdn` or a `LoadBalancer`. */
  readonly arn: pulumi.Output<string>;
  /** Capacity units that its rules take. */
  readonly capacity: pulumi.Output<number>;
  /** Name of its log group; empty without logs. */
  readonly logGroupName: pulumi.Output<string>;

  /** @throws pulumi.InputPropertiesError with every problem of the description */
  constructor(name: string, args: WebAclArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landfall:index:WebAcl", name, { ...args }, opts);
    const plan = planWebAcl(name, args);
    if (plan.problems.length) throw inputProblems(`landfall:index:WebAcl '${name}'`, plan.problems);

    const acl = this.acl(name, args, plan);
    const logs = args.logs && this.logs(name, args, plan, acl);

    this.arn = acl.arn;
    this.capacity = pulumi.output(plan.capacity);
    this.logGroupName = logs?.name ?? pulumi.output("");
    this.registerOutputs({ arn: this.arn, capacity: this.capacity, logGroupName: this.logGroupName });
  }

  private acl(name: string, { tags }: WebAclArgs, { scope, region, rules }: WebAclPlan): wafv2.WebAcl {
    return new wafv2.WebAcl(
      name,
      {
        region,
        scope,
        defaultAction: { allow: {} },
        rules: rules.map((rule, priority) => ({ priority, ...ruleOf(rule) })),
        visibilityConfig: seen(name),
        tags: { Name: name, ...tags },
      },
      { parent: this },
    );
  }

  /** Names of log groups for WAF begin like this (AWS WAF, "Logging to CloudWatch Logs"). */
  private logs(
    name: string,
    { logs, tags }: WebAclArgs,
    { region }: WebAclPlan,
    acl: wafv2.WebAcl,
  ): cloudwatch.LogGroup {
    const own = { parent: this };
    const whole = `aws-waf-logs-${name}`;
    const group = new cloudwatch.LogGroup(whole, { region, retentionInDays: logs?.retentionDays ?? 30, tags }, own);
    new wafv2.WebAclLoggingConfiguration(
      name,
      {
        region,
        resourceArn: acl.arn,
        logDestinationConfigs: [group.arn],
        loggingFilter: {
          defaultBehavior: "DROP",
          filters: [{ behavior: "KEEP", requirement: "MEETS_ANY", conditions: noted.map(onAction) }],
        },
        // What people log in with is nobody's to read.
        redactedFields: ["authorization", "cookie"].map((header) => ({ singleHeader: { name: header } })),
      },
      own,
    );
    return group;
  }
}

/** What rules do with requests that is worth a line; `EXCLUDED_AS_COUNT` is the counting of one rule of a group. */
const noted = ["BLOCK", "COUNT", "EXCLUDED_AS_COUNT"] as const;

const onAction = (action: string): inputs.WebAclLoggingConfigurationLoggingFilterFilterCondition => ({
  actionCondition: { action },
});

/** A metric of CloudWatch, and samples. */
const seen = (metricName: string): inputs.WebAclVisibilityConfig => ({
  cloudwatchMetricsEnabled: true,
  sampledRequestsEnabled: true,
  metricName,
});

/** A rule of our own acts; of a group, each rule does what AWS chose, unless the group only counts. */
function ruleOf({ name, counts, managed, rate }: PlannedRule): Omit<inputs.WebAclRule, "priority"> {
  const rule = { name, visibilityConfig: seen(name) };
  if (managed) {
    const ruleActionOverrides = managed.countedRules.map((one) => ({ name: one, actionToUse: { count: {} } }));
    const managedRuleGroupStatement = { vendorName: "AWS", name: managed.group, ruleActionOverrides };
    return { ...rule, overrideAction: counts ? { count: {} } : { none: {} }, statement: { managedRuleGroupStatement } };
  }
  const rateBasedStatement = {
    aggregateKeyType: "IP",
    limit: rate!.requests, // a rule is one of the two
    evaluationWindowSec: rate!.seconds,
  };
  return { ...rule, action: counts ? { count: {} } : { block: {} }, statement: { rateBasedStatement } };
}
