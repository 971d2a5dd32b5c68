import type { Definition } from "../definition";
import { arn, newId } from "../identifiers";
import { byDefault, computed, flag, integer, object, objects, required, text, textMap, texts } from "../properties";
import { byRegion, forceNew } from "../replacement";

/** `aws:ec2/flowLog:FlowLog`: what went through a network, or was refused. */
export const flowLog: Definition = {
  table: {
    inputs: {
      deliverCrossAccountRole: text,
      destinationOptions: object({
        fileFormat: byDefault("plain-text", text),
        hiveCompatiblePartitions: byDefault(false, flag),
        perHourPartition: byDefault(false, flag),
      }),
      eniId: text,
      iamRoleArn: text,
      logDestination: text,
      logDestinationType: byDefault("cloud-watch-logs", text),
      logFormat: text,
      maxAggregationInterval: byDefault(600, integer),
      region: text,
      regionalNatGatewayId: text,
      subnetId: text,
      tagFieldSpecifications: objects({ resourceType: required(text), tagKeys: required(texts) }),
      tags: textMap,
      trafficType: text,
      transitGatewayAttachmentId: text,
      transitGatewayId: text,
      vpcId: text,
    },
    outputs: { arn: computed(text), tagsAll: computed(textMap) },
    filledIn: ["logDestination", "logFormat", "region"],
  },
  // Whether tagFieldSpecifications replace it is not known: it is younger than the source that could be read.
  replacement: [
    ...forceNew(
      "internal/service/ec2/vpc_flow_log.go",
      "deliverCrossAccountRole",
      "destinationOptions",
      "eniId",
      "iamRoleArn",
      "logDestination",
      "logDestinationType",
      "logFormat",
      "maxAggregationInterval",
      "regionalNatGatewayId",
      "subnetId",
      "trafficType",
      "transitGatewayAttachmentId",
      "transitGatewayId",
      "vpcId",
    ),
    byRegion,
  ],

  create(_inputs, { account, region }) {
    const id = newId("fl");
    const outputs = {
      arn: arn("ec2", `vpc-flow-log/${id}`, account, region),
      logDestination: "",
      logFormat:
        "${version} ${account-id} ${interface-id} ${srcaddr} ${dstaddr} ${srcport} ${dstport} ${protocol} ${packets} " +
        "${bytes} ${start} ${end} ${action} ${log-status}",
    };
    return { id, outputs };
  },
};
