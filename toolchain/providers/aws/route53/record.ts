import type { Definition } from "../definition";
import { computed, flag, integer, object, objects, required, text, texts } from "../properties";
import { forceNew } from "../replacement";

/** `aws:route53/record:Record`. Route 53 knows no regions. */
export const record: Definition = {
  table: {
    inputs: {
      aliases: objects({ evaluateTargetHealth: required(flag), name: required(text), zoneId: required(text) }),
      allowOverwrite: flag,
      cidrRoutingPolicy: object({ collectionId: required(text), locationName: required(text) }),
      failoverRoutingPolicies: objects({ type: required(text) }),
      geolocationRoutingPolicies: objects({ continent: text, country: text, subdivision: text }),
      geoproximityRoutingPolicy: object({
        awsRegion: text,
        bias: integer,
        coordinates: objects({ latitude: required(text), longitude: required(text) }),
        localZoneGroup: text,
      }),
      healthCheckId: text,
      latencyRoutingPolicies: objects({ region: required(text) }),
      multivalueAnswerRoutingPolicy: flag,
      name: required(text),
      records: texts,
      setIdentifier: text,
      ttl: integer,
      type: required(text),
      weightedRoutingPolicies: objects({ weight: required(integer) }),
      zoneId: required(text),
    },
    outputs: { fqdn: computed(text) },
    filledIn: ["allowOverwrite"],
  },
  replacement: forceNew("internal/service/route53/record.go", "name", "zoneId"),
  sets: ["records"],

  check(inputs) {
    const given = ["aliases", "records"].filter((name) => (inputs[name] ?? null) !== null);
    return given.length === 1
      ? []
      : [{ property: "records", reason: "exactly one of aliases and records has to be given" }];
  },

  create(inputs) {
    const name = String(inputs["name"]).toLowerCase().replace(/\.$/, "");
    const parts = [inputs["zoneId"], name, inputs["type"], inputs["setIdentifier"]];
    return {
      id: parts.filter((part) => part !== undefined).join("_"),
      outputs: { allowOverwrite: false, fqdn: name },
    };
  },
};
