import type { Definition } from "../definition";
import { arn, newUuid } from "../identifiers";
import { byDefault, computed, flag, integer, number, object, objects, required, text } from "../properties";
import { byRegion, forceNew } from "../replacement";

const metric = object({
  dimensions: objects({ name: required(text), value: required(text) }),
  metricName: required(text),
  namespace: required(text),
});

const queried = object({
  metricDataQueries: required(
    objects({
      expression: text,
      id: required(text),
      label: text,
      metricStat: object({ metric: required(metric), stat: required(text), unit: text }),
      returnData: byDefault(true, flag),
    }),
  ),
});

const predefined = object({ predefinedMetricType: required(text), resourceLabel: text });

/** `aws:autoscaling/policy:Policy`. */
export const policy: Definition = {
  table: {
    inputs: {
      adjustmentType: text,
      autoscalingGroupName: required(text),
      cooldown: integer,
      enabled: byDefault(true, flag),
      estimatedInstanceWarmup: integer,
      metricAggregationType: text,
      minAdjustmentMagnitude: integer,
      name: text,
      policyType: byDefault("SimpleScaling", text),
      predictiveScalingConfiguration: object({
        maxCapacityBreachBehavior: byDefault("HonorMaxCapacity", text),
        maxCapacityBuffer: text,
        metricSpecification: required(
          object({
            customizedCapacityMetricSpecification: queried,
            customizedLoadMetricSpecification: queried,
            customizedScalingMetricSpecification: queried,
            predefinedLoadMetricSpecification: predefined,
            predefinedMetricPairSpecification: predefined,
            predefinedScalingMetricSpecification: predefined,
            targetValue: required(number),
          }),
        ),
        mode: byDefault("ForecastOnly", text),
        schedulingBufferTime: text,
      }),
      region: text,
      scalingAdjustment: integer,
      stepAdjustments: objects({
        metricIntervalLowerBound: text,
        metricIntervalUpperBound: text,
        scalingAdjustment: required(integer),
      }),
      targetTrackingConfiguration: object({
        customizedMetricSpecification: object({
          metricDimensions: objects({
            name: required(text),
            value: required(text),
          }),
          metricName: text,
          metrics: objects({
            expression: text,
            id: required(text),
            label: text,
            metricStat: object({
              metric: required(metric),
              period: integer,
              stat: required(text),
              unit: text,
            }),
            returnData: byDefault(true, flag),
          }),
          namespace: text,
          period: integer,
          statistic: text,
          unit: text,
        }),
        disableScaleIn: byDefault(false, flag),
        predefinedMetricSpecification: predefined,
        targetValue: required(number),
      }),
    },
    outputs: { arn: computed(text) },
    filledIn: ["metricAggregationType", "name", "region"],
  },
  replacement: [...forceNew("internal/service/autoscaling/policy.go", "autoscalingGroupName", "name"), byRegion],
  autonaming: { property: "name", maxLength: 255 },

  create(inputs, { account, region }) {
    const name = String(inputs["name"]);
    const place = `autoScalingGroupName/${String(inputs["autoscalingGroupName"])}:policyName/${name}`;
    const outputs = {
      arn: arn("autoscaling", `scalingPolicy:${newUuid()}:${place}`, account, region),
      metricAggregationType: "",
    };
    return { id: name, outputs };
  },
};
