import type { Limit } from "./limits";

/** What topics that alarms tell may be like. */
export const watchLimits: readonly Limit[] = [
  {
    operation: "sns.CreateTopic",
    path: "Name",
    maxLength: 256,
    pattern: String.raw`[a-zA-Z0-9_-]+(\.fifo)?`,
    source: "SNS API Reference, CreateTopic: letters, digits, underscores and hyphens, between 1 and 256",
  },
  {
    operation: "sns.SetTopicAttributes",
    path: "AttributeValue",
    maxBytes: { bytes: 30_720, of: "utf-8" },
    when: { parameter: "AttributeName", values: ["Policy"] },
    source: "Amazon SNS endpoints and quotas: topic policy, 30 KB",
  },
  {
    operation: "dlm.CreateLifecyclePolicy",
    path: "PolicyDetails.Schedules[].CreateRule.Times[]",
    pattern: "([01][0-9]|2[0-3]):[0-5][0-9]",
    source: "Data Lifecycle Manager API Reference, CreateRule: hh:mm in UTC",
  },
  {
    operation: "logs.PutMetricFilter",
    path: "filterPattern",
    maxLength: 1024,
    source: "CloudWatch Logs API Reference, PutMetricFilter",
  },
  {
    operation: "logs.PutMetricFilter",
    path: "metricTransformations[].metricNamespace",
    maxLength: 255,
    pattern: "[^:*$]+",
    source: "CloudWatch Logs API Reference, MetricTransformation",
  },
  {
    operation: "cloudwatch.PutMetricAlarm",
    path: "Metrics[].Id",
    pattern: "[a-z][a-zA-Z0-9_]{0,254}",
    source: "CloudWatch API Reference, MetricDataQuery: starts with a small letter, letters, digits and underscores",
  },
];
