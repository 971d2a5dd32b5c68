import type { Definition } from "../definition";
import { arn, newId, newPublicAddress } from "../identifiers";
import { computed, text, textMap } from "../properties";
import { byRegion, forceNew } from "../replacement";

/** `aws:ec2/eip:Eip`: an Elastic IP address. */
export const eip: Definition = {
  table: {
    inputs: {
      address: text,
      associateWithPrivateIp: text,
      customerOwnedIpv4Pool: text,
      domain: text,
      instance: text,
      ipamPoolId: text,
      networkBorderGroup: text,
      networkInterface: text,
      publicIpv4Pool: text,
      region: text,
      tags: textMap,
    },
    outputs: {
      allocationId: computed(text),
      arn: computed(text),
      associationId: computed(text),
      carrierIp: computed(text),
      customerOwnedIp: computed(text),
      privateDns: computed(text),
      privateIp: computed(text),
      ptrRecord: computed(text),
      publicDns: computed(text),
      publicIp: computed(text),
      tagsAll: computed(textMap),
    },
    filledIn: [
      "domain",
      "instance",
      "ipamPoolId",
      "networkBorderGroup",
      "networkInterface",
      "publicIpv4Pool",
      "region",
    ],
  },
  replacement: [
    ...forceNew(
      "internal/service/ec2/ec2_eip.go",
      "address",
      "domain",
      "ipamPoolId",
      "networkBorderGroup",
      "publicIpv4Pool",
    ),
    byRegion,
  ],

  create(inputs, { account, region }) {
    const id = newId("eipalloc");
    const publicIp = (inputs["address"] as string | undefined) ?? newPublicAddress();
    const outputs = {
      allocationId: id,
      arn: arn("ec2", `elastic-ip/${id}`, account, region),
      associationId: "",
      carrierIp: "",
      customerOwnedIp: "",
      domain: "vpc",
      instance: "",
      ipamPoolId: "",
      networkBorderGroup: region,
      networkInterface: "",
      privateDns: "",
      privateIp: "",
      ptrRecord: "",
      publicDns: `ec2-${publicIp.replaceAll(".", "-")}.${region}.compute.amazonaws.com`,
      publicIp,
      publicIpv4Pool: "amazon",
    };
    return { id, outputs };
  },
};
