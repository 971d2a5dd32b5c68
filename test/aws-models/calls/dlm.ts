import type { ApiCall, Parameters } from "../api-call";
import { given, Inputs, tagList } from "../inputs";
import type { RecordedResource } from "../recorded-state";
import { capitalized } from "./ec2-parameters";

interface Details {
  readonly policyType: string;
  readonly resourceTypes: readonly string[];
  readonly targetTags: Readonly<Record<string, string>>;
  readonly schedules: readonly Schedule[];
}

interface Schedule {
  readonly name: string;
  readonly copyTags?: boolean;
  readonly createRule: { readonly interval: number; readonly intervalUnit: string; readonly times: string };
  readonly retainRule: Readonly<Record<string, unknown>>;
}

export function lifecyclePolicyCalls(resource: RecordedResource): ApiCall[] {
  const inputs = new Inputs(resource);
  inputs.leave("region");
  const { policyType, resourceTypes, targetTags, schedules } = inputs.take<Details>("policyDetails")!;
  const parameters = given({
    ExecutionRoleArn: inputs.take("executionRoleArn"),
    Description: inputs.take("description"),
    State: inputs.take("state"),
    PolicyDetails: {
      PolicyType: policyType,
      ResourceTypes: resourceTypes,
      TargetTags: tagList(targetTags),
      Schedules: schedules.map(scheduleOf),
    },
    Tags: inputs.take("tags"),
  }) as Parameters;
  inputs.done();
  return [
    {
      urn: resource.urn,
      service: "dlm",
      operation: "CreateLifecyclePolicy",
      parameters,
      motoRefuses: { reason: "moto has no Data Lifecycle Manager", error: /^moto has no dlm$/ },
    },
  ];
}

function scheduleOf({ name, copyTags, createRule, retainRule }: Schedule): unknown {
  const { interval, intervalUnit, times } = createRule;
  return given({
    Name: name,
    CopyTags: copyTags,
    CreateRule: { Interval: interval, IntervalUnit: intervalUnit, Times: [times] },
    RetainRule: capitalized(retainRule),
  });
}
