import type { Definition } from "../definition";
import { newId, newPublicAddress } from "../identifiers";
import { byDefault, computed, integer, objects, text, textMap, texts } from "../properties";
import { byRegion, forceNew } from "../replacement";

/** `aws:ec2/natGateway:NatGateway`: out of private subnets by IPv4. */
export const natGateway: Definition = {
  table: {
    inputs: {
      allocationId: text,
      availabilityMode: text,
      availabilityZoneAddresses: objects({ allocationIds: texts, availabilityZone: text, availabilityZoneId: text }),
      connectivityType: byDefault("public", text),
      privateIp: text,
      region: text,
      secondaryAllocationIds: texts,
      secondaryPrivateIpAddressCount: integer,
      secondaryPrivateIpAddresses: texts,
      subnetId: text,
      tags: textMap,
      vpcId: text,
    },
    outputs: {
      associationId: computed(text),
      autoProvisionZones: computed(text),
      autoScalingIps: computed(text),
      networkInterfaceId: computed(text),
      publicIp: computed(text),
      regionalNatGatewayAddresses: computed(
        objects({
          allocationId: text,
          associationId: text,
          availabilityZone: text,
          availabilityZoneId: text,
          networkInterfaceId: text,
          publicIp: text,
          status: text,
        }),
      ),
      regionalNatGatewayAutoMode: computed(text),
      routeTableId: computed(text),
      tagsAll: computed(textMap),
    },
    filledIn: [
      "availabilityMode",
      "privateIp",
      "region",
      "secondaryAllocationIds",
      "secondaryPrivateIpAddressCount",
      "secondaryPrivateIpAddresses",
      "vpcId",
    ],
  },
  // A gateway of the region is replaced in more cases, which its CustomizeDiff decides: Landfall makes none.
  replacement: [
    ...forceNew(
      "internal/service/ec2/vpc_nat_gateway.go",
      "allocationId",
      "availabilityMode",
      "connectivityType",
      "privateIp",
      "subnetId",
      "vpcId",
    ),
    byRegion,
  ],
  sets: ["availabilityZoneAddresses", "secondaryAllocationIds", "secondaryPrivateIpAddresses"],

  create(_inputs, { account }) {
    const outputs = {
      associationId: newId("eipassoc"),
      autoProvisionZones: "",
      autoScalingIps: "",
      availabilityMode: "zonal",
      networkInterfaceId: newId("eni"),
      privateIp: "10.0.0.10",
      publicIp: newPublicAddress(),
      regionalNatGatewayAddresses: [],
      regionalNatGatewayAutoMode: "",
      routeTableId: "",
      secondaryAllocationIds: [],
      secondaryPrivateIpAddressCount: 0,
      secondaryPrivateIpAddresses: [],
      vpcId: account.vpcId,
    };
    return { id: newId("nat"), outputs };
  },
};
