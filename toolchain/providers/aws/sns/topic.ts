import type { Definition } from "../definition";
import { arn } from "../identifiers";
import { byDefault, computed, flag, integer, text, textMap } from "../properties";
import { byRegion, forceNew } from "../replacement";

/** `aws:sns/topic:Topic`. */
export const topic: Definition = {
  table: {
    inputs: {
      applicationFailureFeedbackRoleArn: text,
      applicationSuccessFeedbackRoleArn: text,
      applicationSuccessFeedbackSampleRate: integer,
      archivePolicy: text,
      contentBasedDeduplication: byDefault(false, flag),
      deliveryPolicy: text,
      displayName: text,
      fifoThroughputScope: text,
      fifoTopic: byDefault(false, flag),
      firehoseFailureFeedbackRoleArn: text,
      firehoseSuccessFeedbackRoleArn: text,
      firehoseSuccessFeedbackSampleRate: integer,
      httpFailureFeedbackRoleArn: text,
      httpSuccessFeedbackRoleArn: text,
      httpSuccessFeedbackSampleRate: integer,
      kmsMasterKeyId: text,
      lambdaFailureFeedbackRoleArn: text,
      lambdaSuccessFeedbackRoleArn: text,
      lambdaSuccessFeedbackSampleRate: integer,
      name: text,
      namePrefix: text,
      policy: text,
      region: text,
      signatureVersion: integer,
      sqsFailureFeedbackRoleArn: text,
      sqsSuccessFeedbackRoleArn: text,
      sqsSuccessFeedbackSampleRate: integer,
      tags: textMap,
      tracingConfig: text,
    },
    outputs: {
      arn: computed(text),
      beginningArchiveTime: computed(text),
      owner: computed(text),
      tagsAll: computed(textMap),
    },
    filledIn: ["fifoThroughputScope", "name", "namePrefix", "policy", "region", "signatureVersion", "tracingConfig"],
  },
  replacement: [...forceNew("internal/service/sns/topic.go", "fifoTopic", "name", "namePrefix"), byRegion],
  autonaming: { property: "name", prefixProperty: "namePrefix", maxLength: 256 },
  documents: ["policy"],

  create(inputs, { account, region }) {
    const name = (inputs["name"] as string | undefined) ?? `${String(inputs["namePrefix"])}${Date.now()}`;
    const id = arn("sns", name, account, region);
    const outputs = {
      arn: id,
      beginningArchiveTime: "",
      fifoThroughputScope: "",
      name,
      namePrefix: "",
      owner: account.id,
      policy: "",
      signatureVersion: 0,
      tracingConfig: "",
    };
    return { id, outputs };
  },
};
