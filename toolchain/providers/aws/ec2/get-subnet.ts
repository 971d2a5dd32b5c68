import type { PropertyMap } from "../../property/value";
import type { Subnet } from "../account/account";
import { arn } from "../identifiers";
import type { Lookup } from "../lookup";
import { flag, integer, objects, required, text, textMap, texts } from "../properties";

const always = required(text);
const alwaysFlag = required(flag);

/** `aws:ec2/getSubnet:getSubnet`: one subnet, by its id or by what is unique about it. */
export const getSubnet: Lookup = {
  table: {
    inputs: {
      availabilityZone: text,
      availabilityZoneId: text,
      cidrBlock: text,
      defaultForAz: flag,
      filters: objects({ name: always, values: required(texts) }),
      id: text,
      ipv6CidrBlock: text,
      region: text,
      state: text,
      tags: textMap,
      vpcId: text,
    },
    outputs: {
      arn: always,
      assignIpv6AddressOnCreation: alwaysFlag,
      availableIpAddressCount: required(integer),
      customerOwnedIpv4Pool: always,
      enableDns64: alwaysFlag,
      enableLniAtDeviceIndex: required(integer),
      enableResourceNameDnsARecordOnLaunch: alwaysFlag,
      enableResourceNameDnsAaaaRecordOnLaunch: alwaysFlag,
      ipv6CidrBlockAssociationId: always,
      ipv6Native: alwaysFlag,
      mapCustomerOwnedIpOnLaunch: alwaysFlag,
      mapPublicIpOnLaunch: alwaysFlag,
      outpostArn: always,
      ownerId: always,
      privateDnsHostnameTypeOnLaunch: always,
    },
  },

  find(args, account, region): PropertyMap {
    const asked = (["availabilityZone", "cidrBlock", "id"] as const).filter((name) => (args[name] ?? "") !== "");
    const ofVpc = (args["vpcId"] ?? account.vpcId) === account.vpcId;
    const found = account.subnets.filter((subnet) => ofVpc && asked.every((name) => subnet[name] === args[name]));
    const subnet = one(found);
    return {
      ...subnet,
      arn: arn("ec2", `subnet/${subnet.id}`, account, region),
      assignIpv6AddressOnCreation: false,
      availabilityZoneId: `${region}-az${account.subnets.indexOf(subnet) + 1}`,
      availableIpAddressCount: 4091,
      customerOwnedIpv4Pool: "",
      defaultForAz: true,
      enableDns64: false,
      enableLniAtDeviceIndex: 0,
      enableResourceNameDnsARecordOnLaunch: false,
      enableResourceNameDnsAaaaRecordOnLaunch: false,
      ipv6CidrBlock: "",
      ipv6CidrBlockAssociationId: "",
      ipv6Native: false,
      mapCustomerOwnedIpOnLaunch: false,
      mapPublicIpOnLaunch: true,
      outpostArn: "",
      ownerId: account.id,
      privateDnsHostnameTypeOnLaunch: "ip-name",
      region,
      state: "available",
      tags: {},
      vpcId: account.vpcId,
    };
  },
};

function one(subnets: readonly Subnet[]): Subnet {
  const [subnet, ...others] = subnets;
  if (subnet === undefined) throw new Error("no matching EC2 Subnet found");
  if (others.length > 0) {
    throw new Error(
      "multiple EC2 Subnets matched; use additional constraints to reduce matches to a single EC2 Subnet",
    );
  }
  return subnet;
}
