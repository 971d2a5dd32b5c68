import type { Definition } from "../definition";
import { arn } from "../identifiers";
import {
  byDefault,
  computed,
  flag,
  integer,
  number,
  object,
  objects,
  required,
  text,
  textMap,
  texts,
} from "../properties";
import { byRegion, forceNew } from "../replacement";

const metric = object({
  dimensions: textMap,
  metricName: required(text),
  namespace: text,
  period: required(integer),
  stat: required(text),
  unit: text,
});

/** `aws:cloudwatch/metricAlarm:MetricAlarm`. */
export const metricAlarm: Definition = {
  table: {
    inputs: {
      actionsEnabled: byDefault(true, flag),
      alarmActions: texts,
      alarmDescription: text,
      comparisonOperator: text,
      datapointsToAlarm: integer,
      dimensions: textMap,
      evaluateLowSampleCountPercentiles: text,
      evaluationCriteria: object({
        promqlCriteria: required(object({ pendingPeriod: integer, query: required(text), recoveryPeriod: integer })),
      }),
      evaluationInterval: integer,
      evaluationPeriods: integer,
      extendedStatistic: text,
      insufficientDataActions: texts,
      metricName: text,
      metricQueries: objects({
        accountId: text,
        expression: text,
        id: required(text),
        label: text,
        metric,
        period: integer,
        returnData: flag,
      }),
      name: text,
      namespace: text,
      okActions: texts,
      period: integer,
      region: text,
      statistic: text,
      tags: textMap,
      threshold: number,
      thresholdMetricId: text,
      treatMissingData: byDefault("missing", text),
      unit: text,
      warmUpConfiguration: object({
        onlyStartEvaluatingAfterWarmUpPeriodEnds: flag,
        warmUpPeriodDurationInMinutes: required(integer),
      }),
    },
    outputs: { arn: computed(text), tagsAll: computed(textMap) },
    filledIn: ["evaluateLowSampleCountPercentiles", "name", "region"],
  },
  // The versions of the file that could be read are older than evaluationCriteria, evaluationInterval and
  // warmUpConfiguration, so whether these replace an alarm is not said here.
  replacement: [...forceNew("internal/service/cloudwatch/metric_alarm.go", "name"), byRegion],
  autonaming: { property: "name", maxLength: 255 },
  sets: ["alarmActions", "insufficientDataActions", "okActions"],

  create(inputs, { account, region }) {
    const name = String(inputs["name"]);
    return {
      id: name,
      outputs: { arn: arn("cloudwatch", `alarm:${name}`, account, region), evaluateLowSampleCountPercentiles: "" },
    };
  },
};
