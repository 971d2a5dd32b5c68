import type { ApiCall, Parameters } from "../api-call";
import { given, Inputs, tagList } from "../inputs";
import type { RecordedResource } from "../recorded-state";

export function metricAlarmCalls(resource: RecordedResource): ApiCall[] {
  const inputs = new Inputs(resource);
  inputs.leave("region");
  const AlarmName = inputs.take("name");
  const dimensions = inputs.take<Record<string, string>>("dimensions") ?? {};
  const parameters = given({
    AlarmName,
    AlarmDescription: inputs.take("alarmDescription"),
    ActionsEnabled: inputs.take("actionsEnabled"),
    AlarmActions: inputs.take("alarmActions"),
    InsufficientDataActions: inputs.take("insufficientDataActions"),
    OKActions: inputs.take("okActions"),
    Namespace: inputs.take("namespace"),
    MetricName: inputs.take("metricName"),
    Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
    Statistic: inputs.take("statistic"),
    Period: inputs.take("period"),
    EvaluationPeriods: inputs.take("evaluationPeriods"),
    ComparisonOperator: inputs.take("comparisonOperator"),
    Threshold: inputs.take("threshold"),
    TreatMissingData: inputs.take("treatMissingData"),
    Tags: tagList(inputs.take("tags")),
  }) as Parameters;
  inputs.done();
  const { MetricName, Threshold, ComparisonOperator } = parameters;
  return [
    {
      urn: resource.urn,
      service: "cloudwatch",
      operation: "PutMetricAlarm",
      parameters,
      readBack: {
        operation: "DescribeAlarms",
        parameters: { AlarmNames: [AlarmName] },
        expected: {
          "MetricAlarms[].MetricName": [MetricName],
          "MetricAlarms[].Threshold": [Threshold],
          "MetricAlarms[].ComparisonOperator": [ComparisonOperator],
        },
      },
    },
  ];
}
