import type { Definition } from "../definition";
import { arn, newId } from "../identifiers";
import { byDefault, computed, flag, integer, required, text, textMap } from "../properties";
import { byRegion, forceNew } from "../replacement";

/** `aws:ebs/volume:Volume`. */
export const volume: Definition = {
  table: {
    inputs: {
      availabilityZone: required(text),
      encrypted: flag,
      finalSnapshot: byDefault(false, flag),
      iops: integer,
      kmsKeyId: text,
      multiAttachEnabled: flag,
      outpostArn: text,
      region: text,
      size: integer,
      snapshotId: text,
      tags: textMap,
      throughput: integer,
      type: text,
      volumeInitializationRate: integer,
    },
    outputs: { arn: computed(text), createTime: computed(text), tagsAll: computed(textMap) },
    filledIn: ["encrypted", "iops", "kmsKeyId", "region", "size", "snapshotId", "throughput", "type"],
  },
  replacement: [
    ...forceNew(
      "internal/service/ec2/ebs_volume.go",
      "availabilityZone",
      "encrypted",
      "kmsKeyId",
      "multiAttachEnabled",
      "outpostArn",
      "snapshotId",
    ),
    byRegion,
  ],

  check(inputs) {
    const given = ["size", "snapshotId"].some((name) => (inputs[name] ?? null) !== null);
    return given ? [] : [{ property: "size", reason: "is missing: size or snapshotId has to be given" }];
  },

  create(inputs, { account, region }) {
    const id = newId("vol");
    const outputs = {
      arn: arn("ec2", `volume/${id}`, account, region),
      createTime: new Date().toISOString(),
      encrypted: false,
      // What gp3 has without extra charge; gp2 is what EC2 takes when no type is named.
      iops: inputs["type"] === "gp3" ? 3000 : 100,
      kmsKeyId: "",
      size: 8,
      snapshotId: "",
      throughput: inputs["type"] === "gp3" ? 125 : 0,
      type: "gp2",
    };
    return { id, outputs };
  },
};
