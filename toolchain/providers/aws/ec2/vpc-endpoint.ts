import type { PropertyMap, PropertyValue } from "../../property/value";
import { sameValue } from "../../property/difference";
import type { Definition } from "../definition";
import { arn, newHex, newId } from "../identifiers";
import { byDefault, computed, flag, object, objects, required, text, textMap, texts } from "../properties";
import { byRegion, type Change, forceNew } from "../replacement";

/** `aws:ec2/vpcEndpoint:VpcEndpoint`: a service of AWS inside of a network. */
export const vpcEndpoint: Definition = {
  table: {
    inputs: {
      autoAccept: flag,
      dnsOptions: object({
        dnsRecordIpType: text,
        privateDnsOnlyForInboundResolverEndpoint: flag,
        privateDnsPreference: text,
        privateDnsSpecifiedDomains: texts,
      }),
      ipAddressType: text,
      policy: text,
      privateDnsEnabled: flag,
      region: text,
      resourceConfigurationArn: text,
      routeTableIds: texts,
      securityGroupIds: texts,
      serviceName: text,
      serviceNetworkArn: text,
      serviceRegion: text,
      subnetConfigurations: objects({ ipv4: text, ipv6: text, subnetId: text }),
      subnetIds: texts,
      tags: textMap,
      vpcEndpointType: byDefault("Gateway", text),
      vpcId: required(text),
    },
    outputs: {
      arn: computed(text),
      cidrBlocks: computed(texts),
      dnsEntries: computed(objects({ dnsName: text, hostedZoneId: text })),
      networkInterfaceIds: computed(texts),
      ownerId: computed(text),
      prefixListId: computed(text),
      requesterManaged: computed(flag),
      state: computed(text),
      tagsAll: computed(textMap),
    },
    filledIn: [
      "dnsOptions",
      "ipAddressType",
      "policy",
      "privateDnsEnabled",
      "region",
      "routeTableIds",
      "securityGroupIds",
      "serviceRegion",
      "subnetConfigurations",
      "subnetIds",
    ],
  },
  replacement: [
    ...forceNew(
      "internal/service/ec2/vpc_endpoint.go",
      "dnsOptions.privateDnsPreference",
      "dnsOptions.privateDnsSpecifiedDomains",
      "resourceConfigurationArn",
      "serviceName",
      "serviceNetworkArn",
      "serviceRegion",
      "vpcEndpointType",
      "vpcId",
    ),
    {
      path: "privateDnsEnabled",
      source: "internal/service/ec2/vpc_endpoint.go ForceNew in CustomizeDiff: of all but interfaces",
      when: ({ after }: Change) => after["vpcEndpointType"] !== "Interface",
    },
    byRegion,
  ],
  sets: ["routeTableIds", "securityGroupIds", "subnetConfigurations", "subnetIds"],
  documents: ["policy"],

  renewed(state, inputs): PropertyMap {
    const subnets = (inputs["subnetIds"] ?? null) === null ? state["subnetIds"] : inputs["subnetIds"];
    return sameValue(listed(subnets), listed(state["subnetIds"])) ? {} : interfaces(listed(subnets));
  },

  create(inputs, { account, region }) {
    const id = newId("vpce");
    const isGateway = inputs["vpcEndpointType"] === "Gateway";
    const outputs = {
      arn: arn("ec2", `vpc-endpoint/${id}`, account, region),
      cidrBlocks: [],
      dnsEntries: [],
      dnsOptions: {},
      ipAddressType: "ipv4",
      ownerId: account.id,
      policy: JSON.stringify({ Statement: [{ Action: "*", Effect: "Allow", Principal: "*", Resource: "*" }] }),
      prefixListId: isGateway ? `pl-${newHex(8)}` : "",
      privateDnsEnabled: false,
      requesterManaged: false,
      routeTableIds: [],
      securityGroupIds: [],
      serviceRegion: region,
      state: "available",
      subnetIds: [],
      ...interfaces(listed(inputs["subnetIds"])),
    };
    return { id, outputs };
  },
};

const listed = (value: PropertyValue | undefined): string[] => [...((value ?? []) as string[])].sort();

/** One interface in each subnet. */
function interfaces(subnetIds: readonly string[]): PropertyMap {
  return {
    networkInterfaceIds: subnetIds.map(() => newId("eni")),
    subnetConfigurations: subnetIds.map((subnetId) => ({ ipv4: "10.0.0.11", ipv6: "", subnetId })),
  };
}
