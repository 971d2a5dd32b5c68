import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as pulumi from "@pulumi/pulumi";
import type { PlannedAlarm } from "./plan-alarms";
import type { PlannedErrorAlarm } from "./plan-error-alarm";

/** Dimensions of a metric by name. */
export type Dimensions = Record<string, pulumi.Input<string>>;

/** Whom alarms tell, and what they are tagged with. */
export interface AlarmDuty {
  /** Topics of SNS. */
  told: pulumi.Input<string>[];
  tags?: Record<string, string>;
}

/** Makes alarms on the metrics of one namespace. */
export function makeAlarms(
  name: string,
  alarms: readonly PlannedAlarm[],
  { namespace, dimensions, told, tags }: AlarmDuty & { namespace: string; dimensions?: Dimensions },
  opts: pulumi.CustomResourceOptions,
): void {
  for (const alarm of alarms) {
    new cloudwatch.MetricAlarm(
      `${name}-${alarm.key}`,
      {
        alarmDescription: alarm.description,
        namespace,
        metricName: alarm.metricName,
        dimensions: dimensions || alarm.dimensions ? { ...dimensions, ...alarm.dimensions } : undefined,
        statistic: alarm.statistic,
        period: alarm.periodSeconds,
        evaluationPeriods: alarm.evaluationPeriods,
        comparisonOperator: alarm.comparison,
        threshold: alarm.threshold,
        alarmActions: told,
        okActions: told,
        insufficientDataActions: alarm.tellsSilence ? told : undefined,
        tags,
      },
      opts,
    );
  }
}

/** Makes the alarm on answers that failed. When nobody asks anything, nothing fails. */
export function makeErrorAlarm(
  name: string,
  alarm: PlannedErrorAlarm,
  { dimensions, told, tags }: AlarmDuty & { dimensions?: Dimensions },
  opts: pulumi.CustomResourceOptions,
): void {
  new cloudwatch.MetricAlarm(
    `${name}-errors`,
    {
      alarmDescription: alarm.description,
      metricQueries: alarm.queries.map(({ id, counted, expression, label }) => ({
        id,
        label,
        returnData: id === alarm.decides,
        ...(counted
          ? {
              metric: {
                namespace: counted.namespace,
                metricName: counted.metricName,
                dimensions,
                period: alarm.periodSeconds,
                stat: "Sum",
              },
            }
          : { expression }),
      })),
      evaluationPeriods: 1,
      comparisonOperator: "GreaterThanOrEqualToThreshold",
      threshold: alarm.threshold,
      treatMissingData: "notBreaching",
      alarmActions: told,
      okActions: told,
      tags,
    },
    opts,
  );
}
