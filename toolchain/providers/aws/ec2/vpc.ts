import type { PropertyMap } from "../../property/value";
import type { Definition } from "../definition";
import { arn, newId, newNetwork6 } from "../identifiers";
import { byDefault, computed, flag, integer, text, textMap } from "../properties";
import { byRegion, type Change, forceNew } from "../replacement";

/** `aws:ec2/vpc:Vpc`: a network. */
export const vpc: Definition = {
  table: {
    inputs: {
      assignGeneratedIpv6CidrBlock: flag,
      cidrBlock: text,
      enableDnsHostnames: flag,
      enableDnsSupport: byDefault(true, flag),
      enableNetworkAddressUsageMetrics: flag,
      instanceTenancy: byDefault("default", text),
      ipv4IpamPoolId: text,
      ipv4NetmaskLength: integer,
      ipv6CidrBlock: text,
      ipv6CidrBlockNetworkBorderGroup: text,
      ipv6IpamPoolId: text,
      ipv6NetmaskLength: integer,
      region: text,
      tags: textMap,
    },
    outputs: {
      arn: computed(text),
      defaultNetworkAclId: computed(text),
      defaultRouteTableId: computed(text),
      defaultSecurityGroupId: computed(text),
      dhcpOptionsId: computed(text),
      ipv6AssociationId: computed(text),
      mainRouteTableId: computed(text),
      ownerId: computed(text),
      tagsAll: computed(textMap),
    },
    filledIn: [
      "cidrBlock",
      "enableDnsHostnames",
      "enableNetworkAddressUsageMetrics",
      "ipv6CidrBlock",
      "ipv6CidrBlockNetworkBorderGroup",
      "region",
    ],
  },
  replacement: [
    ...forceNew("internal/service/ec2/vpc_.go", "cidrBlock", "ipv4IpamPoolId", "ipv4NetmaskLength"),
    {
      path: "instanceTenancy",
      source: "internal/service/ec2/vpc_.go ForceNew in resourceVPCCustomizeDiff: all but dedicated to default",
      when: ({ before, after }: Change) =>
        before["instanceTenancy"] !== "dedicated" || after["instanceTenancy"] !== "default",
    },
    byRegion,
  ],

  renewed(state, inputs): PropertyMap {
    const [before, after] = [state, inputs].map((each) => each["assignGeneratedIpv6CidrBlock"] === true);
    return before === after ? {} : network6(after === true);
  },

  create(inputs, { account, region }) {
    const id = newId("vpc");
    const routeTable = newId("rtb");
    const outputs = {
      arn: arn("ec2", `vpc/${id}`, account, region),
      cidrBlock: "10.0.0.0/16",
      defaultNetworkAclId: newId("acl"),
      defaultRouteTableId: routeTable,
      defaultSecurityGroupId: newId("sg"),
      dhcpOptionsId: newId("dopt"),
      enableDnsHostnames: false,
      enableNetworkAddressUsageMetrics: false,
      ipv6CidrBlockNetworkBorderGroup: "",
      mainRouteTableId: routeTable,
      ownerId: account.id,
      ...network6(inputs["assignGeneratedIpv6CidrBlock"] === true),
    };
    return { id, outputs };
  },
};

function network6(assigned: boolean): PropertyMap {
  return {
    ipv6AssociationId: assigned ? newId("vpc-cidr-assoc") : "",
    ipv6CidrBlock: assigned ? newNetwork6() : "",
  };
}
