import type { Definition } from "../definition";
import { newId } from "../identifiers";
import { flag, text } from "../properties";
import { byRegion, forceNew } from "../replacement";

/** `aws:ec2/eipAssociation:EipAssociation`: where an Elastic IP address leads. */
export const eipAssociation: Definition = {
  table: {
    inputs: {
      allocationId: text,
      allowReassociation: flag,
      instanceId: text,
      networkInterfaceId: text,
      privateIpAddress: text,
      publicIp: text,
      region: text,
    },
    outputs: {},
    filledIn: ["allocationId", "instanceId", "networkInterfaceId", "privateIpAddress", "publicIp", "region"],
  },
  replacement: [
    ...forceNew(
      "internal/service/ec2/ec2_eip_association.go",
      "allocationId",
      "allowReassociation",
      "instanceId",
      "networkInterfaceId",
      "privateIpAddress",
      "publicIp",
    ),
    byRegion,
  ],

  create() {
    const outputs = {
      allocationId: "",
      instanceId: "",
      networkInterfaceId: newId("eni"),
      privateIpAddress: "172.31.0.10",
      publicIp: "",
    };
    return { id: newId("eipassoc"), outputs };
  },
};
