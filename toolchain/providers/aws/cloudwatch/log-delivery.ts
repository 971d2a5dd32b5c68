import type { PropertyMap, PropertyValue } from "../../property/value";
import type { Definition } from "../definition";
import { arn, newHex } from "../identifiers";
import { computed, flag, object, objects, required, text, textMap, texts } from "../properties";
import { byRegion, requiresReplace } from "../replacement";

const folder = "internal/service/logs";

/** `aws:cloudwatch/logDeliverySource:LogDeliverySource`: what writes logs. */
export const logDeliverySource: Definition = {
  table: {
    inputs: {
      logType: required(text),
      name: text,
      region: text,
      resourceArn: required(text),
      tags: textMap,
    },
    outputs: { arn: computed(text), service: computed(text), tagsAll: computed(textMap) },
    filledIn: ["name", "region"],
  },
  replacement: [...requiresReplace(`${folder}/delivery_source.go`, "logType", "name", "resourceArn"), byRegion],
  autonaming: { property: "name", maxLength: 60 },

  create(inputs, { account, region }) {
    const name = String(inputs["name"]);
    const service = serviceOf(inputs["resourceArn"]);
    return { id: name, outputs: { arn: arn("logs", `delivery-source:${name}`, account, region), service } };
  },
};

/** `aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination`: where logs go. */
export const logDeliveryDestination: Definition = {
  table: {
    inputs: {
      deliveryDestinationConfiguration: object({ destinationResourceArn: text }),
      deliveryDestinationType: text,
      name: text,
      outputFormat: text,
      region: text,
      tags: textMap,
    },
    outputs: { arn: computed(text), tagsAll: computed(textMap) },
    filledIn: ["deliveryDestinationType", "name", "region"],
  },
  replacement: [
    ...requiresReplace(`${folder}/delivery_destination.go`, "name", "outputFormat"),
    {
      path: "deliveryDestinationConfiguration.destinationResourceArn",
      source: `${folder}/delivery_destination.go RequiresReplaceIf(requiresReplaceIfARNServiceChanges)`,
      // What is not known yet is taken for another service's.
      when: ({ before, after }) => destinationService(before) !== destinationService(after),
    },
    byRegion,
  ],
  autonaming: { property: "name", maxLength: 60 },

  create(inputs, { account, region }) {
    const name = String(inputs["name"]);
    const outputs = {
      arn: arn("logs", `delivery-destination:${name}`, account, region),
      deliveryDestinationType: destinationTypes[destinationService(inputs) ?? ""] ?? "XRAY",
    };
    return { id: name, outputs };
  },
};

/** CloudWatch Logs API, DeliveryDestination, deliveryDestinationType. */
const destinationTypes: Readonly<Record<string, string>> = { s3: "S3", logs: "CWL", firehose: "FH" };

/** `aws:cloudwatch/logDelivery:LogDelivery`: what connects the two. */
export const logDelivery: Definition = {
  table: {
    inputs: {
      deliveryDestinationArn: required(text),
      deliverySourceName: required(text),
      fieldDelimiter: text,
      recordFields: texts,
      region: text,
      s3DeliveryConfigurations: objects({ enableHiveCompatiblePath: required(flag), suffixPath: required(text) }),
      tags: textMap,
    },
    outputs: { arn: computed(text), tagsAll: computed(textMap) },
    filledIn: ["fieldDelimiter", "recordFields", "region", "s3DeliveryConfigurations"],
  },
  replacement: [...requiresReplace(`${folder}/delivery.go`, "deliveryDestinationArn", "deliverySourceName"), byRegion],

  create(_inputs, { account, region }) {
    const id = newHex(16);
    const outputs = {
      arn: arn("logs", `delivery:${id}`, account, region),
      fieldDelimiter: "",
      recordFields: [],
      s3DeliveryConfigurations: [],
    };
    return { id, outputs };
  },
};

function destinationService(inputs: PropertyMap): string | undefined {
  const { destinationResourceArn } = (inputs["deliveryDestinationConfiguration"] ?? {}) as PropertyMap;
  return typeof destinationResourceArn === "string" ? serviceOf(destinationResourceArn) : undefined;
}

/** The service of an ARN: its third part. */
const serviceOf = (named: PropertyValue | undefined): string => String(named).split(":")[2] ?? "";
