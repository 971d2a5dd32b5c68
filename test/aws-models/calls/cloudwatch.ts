import type { ApiCall, Parameters } from "../api-call";
import { given, Inputs, tagList } from "../inputs";
import type { RecordedResource } from "../recorded-state";

/** One of the metrics and sums that an alarm looks at, as the provider has it. */
interface Query {
  id: string;
  label?: string;
  expression?: string;
  returnData?: boolean;
  metric?: { namespace: string; metricName: string; dimensions?: Record<string, string>; period: number; stat: string };
}

function dimensionList(dimensions: Record<string, string> | undefined): Parameters[] | undefined {
  return dimensions && Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
}

function metricQuery({ id, label, expression, returnData, metric }: Query): unknown {
  return given({
    Id: id,
    Label: label,
    Expression: expression,
    ReturnData: returnData,
    MetricStat: metric && {
      Metric: given({
        Namespace: metric.namespace,
        MetricName: metric.metricName,
        Dimensions: dimensionList(metric.dimensions),
      }),
      Period: metric.period,
      Stat: metric.stat,
    },
  });
}

export function metricAlarmCalls(resource: RecordedResource): ApiCall[] {
  const inputs = new Inputs(resource);
  inputs.leave("region");
  const AlarmName = inputs.take("name");
  const parameters = given({
    AlarmName,
    AlarmDescription: inputs.take("alarmDescription"),
    ActionsEnabled: inputs.take("actionsEnabled"),
    AlarmActions: inputs.take("alarmActions"),
    InsufficientDataActions: inputs.take("insufficientDataActions"),
    OKActions: inputs.take("okActions"),
    Namespace: inputs.take("namespace"),
    MetricName: inputs.take("metricName"),
    Dimensions: dimensionList(inputs.take("dimensions")),
    Metrics: inputs.take<Query[]>("metricQueries")?.map(metricQuery),
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
          ...(MetricName === undefined ? {} : { "MetricAlarms[].MetricName": [MetricName] }),
          "MetricAlarms[].Threshold": [Threshold],
          "MetricAlarms[].ComparisonOperator": [ComparisonOperator],
        },
      },
    },
  ];
}
