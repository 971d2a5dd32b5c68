import type { Definition } from "../definition";
import { computed, document, required, text } from "../properties";
import { byRegion, forceNew } from "../replacement";

/** `aws:sns/topicPolicy:TopicPolicy`. */
export const topicPolicy: Definition = {
  table: {
    inputs: { arn: required(text), policy: required(document), region: text },
    outputs: { owner: computed(text) },
    filledIn: ["region"],
  },
  replacement: [...forceNew("internal/service/sns/topic_policy.go", "arn"), byRegion],
  documents: ["policy"],

  create(inputs, { account }) {
    return { id: String(inputs["arn"]), outputs: { owner: account.id } };
  },
};
