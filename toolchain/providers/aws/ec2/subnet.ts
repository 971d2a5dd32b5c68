import type { PropertyMap } from "../../property/value";
import type { Definition } from "../definition";
import { arn, newId } from "../identifiers";
import { byDefault, computed, flag, integer, required, text, textMap } from "../properties";
import { byRegion, type Change, forceNew } from "../replacement";

/** `aws:ec2/subnet:Subnet`. */
export const subnet: Definition = {
  table: {
    inputs: {
      assignIpv6AddressOnCreation: byDefault(false, flag),
      availabilityZone: text,
      availabilityZoneId: text,
      cidrBlock: text,
      customerOwnedIpv4Pool: text,
      enableDns64: byDefault(false, flag),
      enableLniAtDeviceIndex: integer,
      enableResourceNameDnsARecordOnLaunch: byDefault(false, flag),
      enableResourceNameDnsAaaaRecordOnLaunch: byDefault(false, flag),
      ipv4IpamPoolId: text,
      ipv4NetmaskLength: integer,
      ipv6CidrBlock: text,
      ipv6IpamPoolId: text,
      ipv6Native: byDefault(false, flag),
      ipv6NetmaskLength: integer,
      mapCustomerOwnedIpOnLaunch: flag,
      mapPublicIpOnLaunch: byDefault(false, flag),
      outpostArn: text,
      privateDnsHostnameTypeOnLaunch: text,
      region: text,
      tags: textMap,
      vpcId: required(text),
    },
    outputs: {
      arn: computed(text),
      ipv6CidrBlockAssociationId: computed(text),
      ownerId: computed(text),
      tagsAll: computed(textMap),
    },
    filledIn: [
      "availabilityZone",
      "availabilityZoneId",
      "cidrBlock",
      "ipv6CidrBlock",
      "privateDnsHostnameTypeOnLaunch",
      "region",
    ],
  },
  replacement: [
    ...forceNew(
      "internal/service/ec2/vpc_subnet.go",
      "availabilityZone",
      "availabilityZoneId",
      "cidrBlock",
      "ipv4IpamPoolId",
      "ipv4NetmaskLength",
      "ipv6IpamPoolId",
      "ipv6Native",
      "ipv6NetmaskLength",
      "outpostArn",
      "vpcId",
    ),
    {
      path: "ipv6CidrBlock",
      source: "internal/service/ec2/vpc_subnet.go ForceNewIf: where new interfaces got addresses of it",
      when: ({ before }: Change) => before["assignIpv6AddressOnCreation"] === true,
    },
    byRegion,
  ],

  renewed(state, inputs): PropertyMap {
    const block = inputs["ipv6CidrBlock"] ?? state["ipv6CidrBlock"] ?? "";
    return block === state["ipv6CidrBlock"] ? {} : { ipv6CidrBlockAssociationId: newId("subnet-cidr-assoc") };
  },

  create(inputs, { account, region }) {
    const id = newId("subnet");
    const zone = (inputs["availabilityZone"] as string | undefined) ?? account.subnets[0]!.availabilityZone;
    const outputs = {
      arn: arn("ec2", `subnet/${id}`, account, region),
      availabilityZone: zone,
      availabilityZoneId: `${region}-az${account.subnets.findIndex((each) => each.availabilityZone === zone) + 1}`,
      cidrBlock: "",
      ipv6CidrBlock: "",
      ipv6CidrBlockAssociationId: (inputs["ipv6CidrBlock"] ?? "") === "" ? "" : newId("subnet-cidr-assoc"),
      ownerId: account.id,
      privateDnsHostnameTypeOnLaunch: "ip-name",
    };
    return { id, outputs };
  },
};
