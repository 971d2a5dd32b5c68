import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { WebAcl } from "../../../../components/aws/waf/web-acl";
import { ManagedRules, WebAclArgs, WebAclScope } from "../../../../components/aws/waf/web-acl-args";
import { all, one, record, Recorded, valueOf } from "../recorded";

const type = {
  acl: "aws:wafv2/webAcl:WebAcl",
  logging: "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration",
  group: "aws:cloudwatch/logGroup:LogGroup",
};

const made = (args: WebAclArgs = {}): Promise<Recorded<WebAcl>> => record(() => new WebAcl("web", args));
const seen = (metricName: string) => ({ cloudwatchMetricsEnabled: true, sampledRequestsEnabled: true, metricName });

describe("WebAcl", () => {
  it("lets in what neither a rate nor AWS's rules refuse, with a metric for each", async () => {
    const managed = [{ group: ManagedRules.Common }, { group: ManagedRules.Sql, counts: true }];
    const recorded = await made({ managed, rateLimit: { requests: 2000 }, tags: { team: "web" } });
    assert.deepEqual(one(recorded, type.acl).inputs, {
      region: "us-east-1",
      scope: "CLOUDFRONT",
      defaultAction: { allow: {} },
      rules: [
        {
          priority: 0,
          name: "rate-limit",
          action: { block: {} },
          statement: { rateBasedStatement: { aggregateKeyType: "IP", limit: 2000, evaluationWindowSec: 300 } },
          visibilityConfig: seen("rate-limit"),
        },
        {
          priority: 1,
          name: "AWSManagedRulesCommonRuleSet",
          overrideAction: { none: {} },
          statement: {
            managedRuleGroupStatement: {
              vendorName: "AWS",
              name: "AWSManagedRulesCommonRuleSet",
              ruleActionOverrides: [{ name: "SizeRestrictions_BODY", actionToUse: { count: {} } }],
            },
          },
          visibilityConfig: seen("AWSManagedRulesCommonRuleSet"),
        },
        {
          priority: 2,
          name: "AWSManagedRulesSQLiRuleSet",
          overrideAction: { count: {} },
          statement: {
            managedRuleGroupStatement: {
              vendorName: "AWS",
              name: "AWSManagedRulesSQLiRuleSet",
              ruleActionOverrides: [],
            },
          },
          visibilityConfig: seen("AWSManagedRulesSQLiRuleSet"),
        },
      ],
      visibilityConfig: seen("web"),
      tags: { Name: "web", team: "web" },
    });
  });

  it("refuses nothing while it is tried out", async () => {
    const recorded = await made({ rateLimit: { requests: 2000 }, counts: true });
    const rules = one(recorded, type.acl).inputs.rules as { action?: object; overrideAction?: object }[];
    for (const { action, overrideAction } of rules) assert.deepEqual(action ?? overrideAction, { count: {} });
  });

  it("logs what it refuses or counts where WAF may write, without what people log in with", async () => {
    const recorded = await made({ logs: {} });
    const { name, inputs } = one(recorded, type.group);
    assert.deepEqual([name, inputs], ["aws-waf-logs-web", { region: "us-east-1", retentionInDays: 30 }]);
    assert.deepEqual(one(recorded, type.logging).inputs, {
      region: "us-east-1",
      resourceArn: "arn of web",
      logDestinationConfigs: ["arn of aws-waf-logs-web"],
      loggingFilter: {
        defaultBehavior: "DROP",
        filters: [
          {
            behavior: "KEEP",
            requirement: "MEETS_ANY",
            conditions: ["BLOCK", "COUNT", "EXCLUDED_AS_COUNT"].map((action) => ({ actionCondition: { action } })),
          },
        ],
      },
      redactedFields: [{ singleHeader: { name: "authorization" } }, { singleHeader: { name: "cookie" } }],
    });
    assert.equal(await valueOf(recorded.result.logGroupName), "aws-waf-logs-web-0123456");
  });

  it("has no logs unless asked, and says what it is and takes", async () => {
    const recorded = await made({ scope: WebAclScope.Regional });
    assert.deepEqual([all(recorded, type.logging), all(recorded, type.group)], [[], []]);
    const { arn, capacity, logGroupName } = recorded.result;
    assert.deepEqual(await valueOf(pulumi.all([arn, capacity, logGroupName])), ["arn of web", 925, ""]);
  });

  it("says everything that is wrong, before there is any resource", async () => {
    await assert.rejects(made({ rateLimit: { requests: 1, seconds: 1 } }), (error: Error) => {
      assert.match(error.message, /^landfall:index:WebAcl 'web' has 2 problems:/);
      return true;
    });
  });
});
