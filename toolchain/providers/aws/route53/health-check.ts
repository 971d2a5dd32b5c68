import type { Definition } from "../definition";
import { arn, newUuid } from "../identifiers";
import { byDefault, computed, flag, integer, required, text, textMap, texts } from "../properties";
import { forceNew } from "../replacement";

/** `aws:route53/healthCheck:HealthCheck`. Route 53 knows no regions. */
export const healthCheck: Definition = {
  table: {
    inputs: {
      childHealthThreshold: integer,
      childHealthchecks: texts,
      cloudwatchAlarmName: text,
      cloudwatchAlarmRegion: text,
      disabled: byDefault(false, flag),
      enableSni: flag,
      failureThreshold: integer,
      fqdn: text,
      insufficientDataHealthStatus: text,
      invertHealthcheck: flag,
      ipAddress: text,
      measureLatency: byDefault(false, flag),
      port: integer,
      referenceName: text,
      regions: texts,
      requestInterval: integer,
      resourcePath: text,
      routingControlArn: text,
      searchString: text,
      tags: textMap,
      triggers: textMap,
      type: required(text),
    },
    outputs: { arn: computed(text), tagsAll: computed(textMap) },
    filledIn: ["enableSni", "failureThreshold", "regions", "triggers"],
  },
  replacement: forceNew(
    "internal/service/route53/health_check.go",
    "measureLatency",
    "referenceName",
    "requestInterval",
    "routingControlArn",
    "type",
  ),
  sets: ["childHealthchecks", "regions"],

  create(inputs, { account }) {
    const id = newUuid();
    const outputs = {
      arn: arn("route53", `healthcheck/${id}`, account),
      enableSni: String(inputs["type"]).startsWith("HTTPS"),
      failureThreshold: 3,
      regions: [],
      triggers: {},
    };
    return { id, outputs };
  },
};
