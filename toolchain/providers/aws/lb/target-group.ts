import type { Definition } from "../definition";
import { arn, newHex } from "../identifiers";
import { byDefault, computed, flag, integer, object, objects, required, text, textMap, texts } from "../properties";
import { byRegion, forceNew } from "../replacement";

const file = "internal/service/elbv2/target_group.go";

/** `aws:lb/targetGroup:TargetGroup`. Whether `targetControlPort` replaces it could not be looked up. */
export const targetGroup: Definition = {
  table: {
    inputs: {
      connectionTermination: flag,
      deregistrationDelay: byDefault(300, integer),
      healthCheck: object({
        enabled: flag,
        healthyThreshold: integer,
        interval: integer,
        matcher: text,
        path: text,
        port: text,
        protocol: text,
        timeout: integer,
        unhealthyThreshold: integer,
      }),
      ipAddressType: text,
      lambdaMultiValueHeadersEnabled: byDefault(false, flag),
      loadBalancingAlgorithmType: text,
      loadBalancingAnomalyMitigation: text,
      loadBalancingCrossZoneEnabled: text,
      name: text,
      namePrefix: text,
      port: integer,
      preserveClientIp: text,
      protocol: text,
      protocolVersion: text,
      proxyProtocolV2: byDefault(false, flag),
      region: text,
      slowStart: byDefault(0, integer),
      stickiness: object({ cookieDuration: integer, cookieName: text, enabled: flag, type: required(text) }),
      tags: textMap,
      targetControlPort: integer,
      targetFailovers: objects({ onDeregistration: required(text), onUnhealthy: required(text) }),
      targetGroupHealth: object({
        dnsFailover: object({ minimumHealthyTargetsCount: text, minimumHealthyTargetsPercentage: text }),
        unhealthyStateRouting: object({ minimumHealthyTargetsCount: integer, minimumHealthyTargetsPercentage: text }),
      }),
      targetHealthStates: objects({
        enableUnhealthyConnectionTermination: required(flag),
        unhealthyDrainingInterval: integer,
      }),
      targetType: byDefault("instance", text),
      vpcId: text,
    },
    outputs: {
      arn: computed(text),
      arnSuffix: computed(text),
      loadBalancerArns: computed(texts),
      tagsAll: computed(textMap),
    },
    filledIn: [
      "connectionTermination",
      "healthCheck",
      "ipAddressType",
      "loadBalancingAlgorithmType",
      "loadBalancingAnomalyMitigation",
      "loadBalancingCrossZoneEnabled",
      "name",
      "namePrefix",
      "preserveClientIp",
      "protocolVersion",
      "region",
      "stickiness",
      "targetFailovers",
      "targetGroupHealth",
      "targetHealthStates",
    ],
  },
  replacement: [
    ...forceNew(
      file,
      "ipAddressType",
      "name",
      "namePrefix",
      "port",
      "protocol",
      "protocolVersion",
      "targetType",
      "vpcId",
    ),
    byRegion,
  ],
  autonaming: { property: "name", prefixProperty: "namePrefix", maxLength: 32 },

  check(inputs) {
    if (inputs["targetType"] === "lambda") return [];
    const missing = ["port", "protocol", "vpcId"].filter((name) => (inputs[name] ?? null) === null);
    return missing.map((property) => ({ property, reason: "has to be given for targets that are machines" }));
  },

  create(inputs, { account, region }) {
    const name = (inputs["name"] as string | undefined) ?? `${String(inputs["namePrefix"])}${Date.now()}`;
    const suffix = `targetgroup/${name}/${newHex(16)}`;
    const own = arn("elasticloadbalancing", suffix, account, region);
    const readsRequests = String(inputs["protocol"]).startsWith("HTTP");
    const outputs = {
      arn: own,
      arnSuffix: suffix,
      connectionTermination: false,
      healthCheck: {
        enabled: true,
        healthyThreshold: 3,
        interval: 30,
        matcher: readsRequests ? "200" : "",
        path: readsRequests ? "/" : "",
        port: "traffic-port",
        protocol: readsRequests ? "HTTP" : "TCP",
        timeout: readsRequests ? 5 : 10,
        unhealthyThreshold: 3,
      },
      ipAddressType: "ipv4",
      loadBalancerArns: [],
      loadBalancingAlgorithmType: readsRequests ? "round_robin" : "",
      loadBalancingAnomalyMitigation: readsRequests ? "off" : "",
      loadBalancingCrossZoneEnabled: "use_load_balancer_configuration",
      name,
      namePrefix: "",
      preserveClientIp: readsRequests ? "" : "true",
      protocolVersion: readsRequests ? "HTTP1" : "",
      stickiness: {
        cookieDuration: readsRequests ? 86_400 : 0,
        cookieName: "",
        enabled: false,
        type: readsRequests ? "lb_cookie" : "source_ip",
      },
      targetFailovers: [],
      targetGroupHealth: {
        dnsFailover: { minimumHealthyTargetsCount: "1", minimumHealthyTargetsPercentage: "off" },
        unhealthyStateRouting: { minimumHealthyTargetsCount: 1, minimumHealthyTargetsPercentage: "off" },
      },
      targetHealthStates: [],
    };
    return { id: own, outputs };
  },
};
