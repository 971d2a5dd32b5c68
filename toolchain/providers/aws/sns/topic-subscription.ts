import type { Definition } from "../definition";
import { newUuid } from "../identifiers";
import { byDefault, computed, flag, integer, required, text } from "../properties";
import { byRegion, forceNew } from "../replacement";

/** `aws:sns/topicSubscription:TopicSubscription`. */
export const topicSubscription: Definition = {
  table: {
    inputs: {
      confirmationTimeoutInMinutes: byDefault(1, integer),
      deliveryPolicy: text,
      endpoint: required(text),
      endpointAutoConfirms: byDefault(false, flag),
      filterPolicy: text,
      filterPolicyScope: text,
      protocol: required(text),
      rawMessageDelivery: byDefault(false, flag),
      redrivePolicy: text,
      region: text,
      replayPolicy: text,
      subscriptionRoleArn: text,
      topic: required(text),
    },
    outputs: {
      arn: computed(text),
      confirmationWasAuthenticated: computed(flag),
      ownerId: computed(text),
      pendingConfirmation: computed(flag),
    },
    filledIn: ["filterPolicyScope", "region"],
  },
  replacement: [...forceNew("internal/service/sns/topic_subscription.go", "endpoint", "protocol", "topic"), byRegion],

  create(inputs, { account }) {
    const id = `${String(inputs["topic"])}:${newUuid()}`;
    const outputs = {
      arn: id,
      confirmationWasAuthenticated: false,
      filterPolicyScope: "",
      ownerId: account.id,
      // Whoever reads the mail has to confirm.
      pendingConfirmation: /^email/.test(String(inputs["protocol"])),
    };
    return { id, outputs };
  },
};
