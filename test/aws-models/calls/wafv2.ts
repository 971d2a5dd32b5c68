import type { ApiCall, Parameters } from "../api-call";
import { given, Inputs, tagList } from "../inputs";
import type { RecordedResource } from "../recorded-state";

interface Visibility {
  readonly cloudwatchMetricsEnabled: boolean;
  readonly metricName: string;
  readonly sampledRequestsEnabled: boolean;
}

interface Rule {
  readonly name: string;
  readonly priority: number;
  readonly action?: Readonly<Record<string, object>>;
  readonly overrideAction?: Readonly<Record<string, object>>;
  readonly statement: {
    readonly managedRuleGroupStatement?: {
      readonly vendorName: string;
      readonly name: string;
      readonly ruleActionOverrides?: {
        readonly name: string;
        readonly actionToUse: Readonly<Record<string, object>>;
      }[];
    };
    readonly rateBasedStatement?: {
      readonly aggregateKeyType: string;
      readonly limit: number;
      readonly evaluationWindowSec?: number;
    };
  };
  readonly visibilityConfig: Visibility;
}

const service = "wafv2";

export function webAclCalls(resource: RecordedResource): ApiCall[] {
  const inputs = new Inputs(resource);
  inputs.leave("region");
  const [Name, Scope] = [inputs.take("name"), inputs.take("scope")];
  const rules = inputs.take<Rule[]>("rules") ?? [];
  const parameters = given({
    Name,
    Scope,
    DefaultAction: choiceOf(inputs.take("defaultAction")!),
    Rules: rules.map(ruleOf),
    VisibilityConfig: visibilityOf(inputs.take("visibilityConfig")!),
    Tags: tagList(inputs.take("tags")),
  }) as Parameters;
  inputs.done();
  return [
    {
      urn: resource.urn,
      service,
      operation: "CreateWebACL",
      parameters,
      draws: { id: String(resource.outputs["arn"]), from: "Summary.ARN" },
      readBack: {
        operation: "ListWebACLs",
        parameters: { Scope },
        expected: { [`WebACLs[?Name=='${String(Name)}'].ARN`]: [resource.outputs["arn"]] },
      },
    },
  ];
}

export function webAclAssociationCalls(resource: RecordedResource): ApiCall[] {
  const inputs = new Inputs(resource);
  inputs.leave("region");
  const [WebACLArn, ResourceArn] = [inputs.take("webAclArn"), inputs.take("resourceArn")];
  inputs.done();
  return [
    {
      urn: resource.urn,
      service,
      operation: "AssociateWebACL",
      parameters: { WebACLArn, ResourceArn },
      readBack: {
        operation: "GetWebACLForResource",
        parameters: { ResourceArn },
        expected: { "WebACL.ARN": WebACLArn },
      },
    },
  ];
}

interface Filter {
  readonly behavior: string;
  readonly requirement: string;
  readonly conditions: { readonly actionCondition: { readonly action: string } }[];
}

export function webAclLoggingCalls(resource: RecordedResource): ApiCall[] {
  const inputs = new Inputs(resource);
  inputs.leave("region");
  const ResourceArn = inputs.take("resourceArn");
  const LogDestinationConfigs = inputs.take("logDestinationConfigs");
  const filter = inputs.take<{ defaultBehavior: string; filters: Filter[] }>("loggingFilter");
  const redacted = inputs.take<{ singleHeader: { name: string } }[]>("redactedFields");
  inputs.done();
  const LoggingConfiguration = given({
    ResourceArn,
    LogDestinationConfigs,
    LoggingFilter: filter && {
      DefaultBehavior: filter.defaultBehavior,
      Filters: filter.filters.map(({ behavior, requirement, conditions }) => ({
        Behavior: behavior,
        Requirement: requirement,
        Conditions: conditions.map(({ actionCondition }) => ({ ActionCondition: { Action: actionCondition.action } })),
      })),
    },
    RedactedFields: redacted?.map(({ singleHeader }) => ({ SingleHeader: { Name: singleHeader.name } })),
  });
  return [
    {
      urn: resource.urn,
      service,
      operation: "PutLoggingConfiguration",
      parameters: { LoggingConfiguration },
      readBack: {
        operation: "GetLoggingConfiguration",
        parameters: { ResourceArn },
        expected: { "LoggingConfiguration.LogDestinationConfigs": LogDestinationConfigs },
      },
    },
  ];
}

/** One of several things to do, which is named with a capital. */
function choiceOf(action: Readonly<Record<string, object>>): Parameters {
  return Object.fromEntries(Object.keys(action).map((name) => [`${name[0]!.toUpperCase()}${name.slice(1)}`, {}]));
}

function visibilityOf(config: Visibility): Parameters {
  return {
    SampledRequestsEnabled: config.sampledRequestsEnabled,
    CloudWatchMetricsEnabled: config.cloudwatchMetricsEnabled,
    MetricName: config.metricName,
  };
}

function ruleOf({ name, priority, action, overrideAction, statement, visibilityConfig }: Rule): Parameters {
  const { managedRuleGroupStatement: managed, rateBasedStatement: rate } = statement;
  return given({
    Name: name,
    Priority: priority,
    Action: action && choiceOf(action),
    OverrideAction: overrideAction && choiceOf(overrideAction),
    Statement: given({
      ManagedRuleGroupStatement: managed && {
        VendorName: managed.vendorName,
        Name: managed.name,
        RuleActionOverrides: (managed.ruleActionOverrides ?? []).map((one) => ({
          Name: one.name,
          ActionToUse: choiceOf(one.actionToUse),
        })),
      },
      RateBasedStatement:
        rate &&
        given({
          AggregateKeyType: rate.aggregateKeyType,
          Limit: rate.limit,
          EvaluationWindowSec: rate.evaluationWindowSec,
        }),
    }),
    VisibilityConfig: visibilityOf(visibilityConfig),
  }) as Parameters;
}
