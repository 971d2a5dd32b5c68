import type { PropertyMap } from "../../property/value";
import { digits } from "../account/account";
import { arn } from "../identifiers";
import type { Lookup } from "../lookup";
import { flag, objects, required, text, textMap, texts } from "../properties";

const always = required(text);
const alwaysFlag = required(flag);

/** `aws:ec2/getVpc:getVpc`: one network. Here there is the default one, and no other. */
export const getVpc: Lookup = {
  table: {
    inputs: {
      cidrBlock: text,
      default: flag,
      dhcpOptionsId: text,
      filters: objects({ name: always, values: required(texts) }),
      id: text,
      region: text,
      state: text,
      tags: textMap,
    },
    outputs: {
      arn: always,
      cidrBlockAssociations: required(objects({ associationId: always, cidrBlock: always, state: always })),
      enableDnsHostnames: alwaysFlag,
      enableDnsSupport: alwaysFlag,
      enableNetworkAddressUsageMetrics: alwaysFlag,
      instanceTenancy: always,
      ipv6AssociationId: always,
      ipv6CidrBlock: always,
      ipv6CidrBlockAssociations: required(
        objects({
          associationId: always,
          ipSource: always,
          ipv6AddressAttribute: always,
          ipv6CidrBlock: always,
          ipv6Pool: always,
          networkBorderGroup: always,
          state: always,
        }),
      ),
      mainRouteTableId: always,
      ownerId: always,
    },
  },

  find(args, account, region): PropertyMap {
    const { vpcId } = account;
    const cidrBlock = "172.31.0.0/16";
    const found =
      (args["id"] ?? vpcId) === vpcId &&
      (args["default"] ?? true) === true &&
      (args["cidrBlock"] ?? cidrBlock) === cidrBlock;
    if (!found) throw new Error("no matching EC2 VPC found");
    const id = (kind: string): string => `${kind}-0${digits(16, vpcId, kind)}`;
    return {
      arn: arn("ec2", `vpc/${vpcId}`, account, region),
      cidrBlock,
      cidrBlockAssociations: [{ associationId: id("vpc-cidr-assoc"), cidrBlock, state: "associated" }],
      default: true,
      dhcpOptionsId: id("dopt"),
      enableDnsHostnames: true,
      enableDnsSupport: true,
      enableNetworkAddressUsageMetrics: false,
      id: vpcId,
      instanceTenancy: "default",
      ipv6AssociationId: "",
      ipv6CidrBlock: "",
      ipv6CidrBlockAssociations: [],
      mainRouteTableId: id("rtb"),
      ownerId: account.id,
      region,
      state: "available",
      tags: {},
    };
  },
};
