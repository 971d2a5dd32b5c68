import type { Definition } from "../definition";
import { newHex } from "../identifiers";
import { integer, required, text } from "../properties";
import { byRegion, forceNew } from "../replacement";

/** `aws:lb/targetGroupAttachment:TargetGroupAttachment`. Whether `quicServerId` replaces it could not be looked up. */
export const targetGroupAttachment: Definition = {
  table: {
    inputs: {
      availabilityZone: text,
      port: integer,
      quicServerId: text,
      region: text,
      targetGroupArn: required(text),
      targetId: required(text),
    },
    outputs: {},
    filledIn: ["region"],
  },
  replacement: [
    ...forceNew(
      "internal/service/elbv2/target_group_attachment.go",
      "availabilityZone",
      "port",
      "targetGroupArn",
      "targetId",
    ),
    byRegion,
  ],

  create: ({ targetGroupArn }) => ({ id: `${String(targetGroupArn)}-${newHex(26)}`, outputs: {} }),
};
