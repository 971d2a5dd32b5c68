import type { Definition } from "../definition";
import { integer, required, text } from "../properties";
import { byRegion, forceNew } from "../replacement";

/** `aws:autoscaling/lifecycleHook:LifecycleHook`. Another group does not replace it: the Terraform provider puts it there, too. */
export const lifecycleHook: Definition = {
  table: {
    inputs: {
      autoscalingGroupName: required(text),
      defaultResult: text,
      heartbeatTimeout: integer,
      lifecycleTransition: required(text),
      name: text,
      notificationMetadata: text,
      notificationTargetArn: text,
      region: text,
      roleArn: text,
    },
    outputs: {},
    filledIn: ["defaultResult", "name", "region"],
  },
  replacement: [...forceNew("internal/service/autoscaling/lifecycle_hook.go", "name"), byRegion],
  autonaming: { property: "name", maxLength: 255 },

  create(inputs) {
    return { id: String(inputs["name"]), outputs: { defaultResult: "ABANDON" } };
  },
};
