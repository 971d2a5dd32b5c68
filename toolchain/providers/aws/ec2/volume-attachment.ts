import { digits } from "../account/account";
import type { Definition } from "../definition";
import { flag, required, text } from "../properties";
import { byRegion, forceNew } from "../replacement";

/** `aws:ec2/volumeAttachment:VolumeAttachment`. */
export const volumeAttachment: Definition = {
  table: {
    inputs: {
      deviceName: required(text),
      forceDetach: flag,
      instanceId: required(text),
      region: text,
      skipDestroy: flag,
      stopInstanceBeforeDetaching: flag,
      volumeId: required(text),
    },
    outputs: {},
    filledIn: ["region"],
  },
  replacement: [
    ...forceNew("internal/service/ec2/ebs_volume_attachment.go", "deviceName", "instanceId", "volumeId"),
    byRegion,
  ],

  create(inputs) {
    const parts = ["deviceName", "instanceId", "volumeId"].map((name) => String(inputs[name]));
    return { id: `vai-${Number.parseInt(digits(8, ...parts), 16)}`, outputs: {} };
  },
};
