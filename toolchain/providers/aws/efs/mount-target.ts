import type { Definition } from "../definition";
import { arn, newId } from "../identifiers";
import { computed, required, text, texts } from "../properties";
import { byRegion, forceNew } from "../replacement";

/** `aws:efs/mountTarget:MountTarget`. */
export const mountTarget: Definition = {
  table: {
    inputs: {
      fileSystemId: required(text),
      ipAddress: text,
      ipAddressType: text,
      ipv6Address: text,
      region: text,
      securityGroups: texts,
      subnetId: required(text),
    },
    outputs: {
      availabilityZoneId: computed(text),
      availabilityZoneName: computed(text),
      dnsName: computed(text),
      fileSystemArn: computed(text),
      mountTargetDnsName: computed(text),
      networkInterfaceId: computed(text),
      ownerId: computed(text),
    },
    filledIn: ["ipAddress", "ipAddressType", "ipv6Address", "region", "securityGroups"],
  },
  replacement: [
    ...forceNew(
      "internal/service/efs/mount_target.go",
      "fileSystemId",
      "ipAddress",
      "ipAddressType",
      "ipv6Address",
      "subnetId",
    ),
    byRegion,
  ],
  sets: ["securityGroups"],

  create(inputs, { account, region }) {
    const system = String(inputs["fileSystemId"]);
    const zone = `${region}a`;
    const outputs = {
      availabilityZoneId: "",
      availabilityZoneName: zone,
      dnsName: `${system}.efs.${region}.amazonaws.com`,
      fileSystemArn: arn("elasticfilesystem", `file-system/${system}`, account, region),
      ipAddress: "172.31.0.20",
      ipAddressType: "IPV4_ONLY",
      ipv6Address: "",
      mountTargetDnsName: `${zone}.${system}.efs.${region}.amazonaws.com`,
      networkInterfaceId: newId("eni"),
      ownerId: account.id,
      securityGroups: [],
    };
    return { id: newId("fsmt"), outputs };
  },
};
