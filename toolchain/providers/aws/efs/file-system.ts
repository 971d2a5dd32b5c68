import type { Definition } from "../definition";
import { arn, newHex, newId } from "../identifiers";
import { byDefault, computed, flag, integer, number, object, objects, text, textMap } from "../properties";
import { byRegion, forceNew } from "../replacement";

/** `aws:efs/fileSystem:FileSystem`. */
export const fileSystem: Definition = {
  table: {
    inputs: {
      availabilityZoneName: text,
      creationToken: text,
      encrypted: flag,
      kmsKeyId: text,
      lifecyclePolicies: objects({
        transitionToArchive: text,
        transitionToIa: text,
        transitionToPrimaryStorageClass: text,
      }),
      performanceMode: text,
      protection: object({ replicationOverwrite: text }),
      provisionedThroughputInMibps: number,
      region: text,
      tags: textMap,
      throughputMode: byDefault("bursting", text),
    },
    outputs: {
      arn: computed(text),
      availabilityZoneId: computed(text),
      dnsName: computed(text),
      name: computed(text),
      numberOfMountTargets: computed(integer),
      ownerId: computed(text),
      sizeInBytes: computed(objects({ value: integer, valueInIa: integer, valueInStandard: integer })),
      tagsAll: computed(textMap),
    },
    filledIn: [
      "availabilityZoneName",
      "creationToken",
      "encrypted",
      "kmsKeyId",
      "performanceMode",
      "protection",
      "region",
    ],
  },
  replacement: [
    ...forceNew(
      "internal/service/efs/file_system.go",
      "availabilityZoneName",
      "creationToken",
      "encrypted",
      "kmsKeyId",
      "performanceMode",
    ),
    byRegion,
  ],

  check(inputs) {
    if (inputs["encrypted"] === true || (inputs["kmsKeyId"] ?? null) === null) return [];
    return [{ property: "kmsKeyId", reason: "needs encrypted" }];
  },

  create(inputs, { account, region }) {
    const id = newId("fs");
    const tags = inputs["tags"] as Record<string, string> | undefined;
    const outputs = {
      arn: arn("elasticfilesystem", `file-system/${id}`, account, region),
      availabilityZoneId: "",
      availabilityZoneName: "",
      creationToken: `terraform-${newHex(26)}`,
      dnsName: `${id}.efs.${region}.amazonaws.com`,
      encrypted: false,
      kmsKeyId: inputs["encrypted"] === true ? arn("kms", `key/${newHex(32)}`, account, region) : "",
      name: tags?.["Name"] ?? "",
      numberOfMountTargets: 0,
      ownerId: account.id,
      performanceMode: "generalPurpose",
      protection: { replicationOverwrite: "ENABLED" },
      sizeInBytes: [{ value: 6144, valueInIa: 0, valueInStandard: 6144 }],
    };
    return { id, outputs };
  },
};
