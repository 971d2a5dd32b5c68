import type { Definition } from "../definition";
import { byDefault, flag, object, required, text, textMap } from "../properties";
import { byRegion, forceNew } from "../replacement";

/** `aws:cloudwatch/logMetricFilter:LogMetricFilter`. */
export const logMetricFilter: Definition = {
  table: {
    inputs: {
      applyOnTransformedLogs: flag,
      logGroupName: required(text),
      metricTransformation: required(
        object({
          defaultValue: text,
          dimensions: textMap,
          name: required(text),
          namespace: required(text),
          unit: byDefault("None", text),
          value: required(text),
        }),
      ),
      name: text,
      pattern: required(text),
      region: text,
    },
    outputs: {},
    filledIn: ["applyOnTransformedLogs", "name", "region"],
  },
  replacement: [...forceNew("internal/service/logs/metric_filter.go", "logGroupName", "name"), byRegion],
  autonaming: { property: "name", maxLength: 512 },

  create(inputs) {
    return { id: String(inputs["name"]), outputs: { applyOnTransformedLogs: false } };
  },
};
