import type { Definition } from "../definition";
import { arn, newId } from "../identifiers";
import { computed, required, text, textMap } from "../properties";
import { byRegion, forceNew } from "../replacement";

/** `aws:ec2/internetGateway:InternetGateway`. In another network it is attached there: `vpcId` replaces nothing. */
export const internetGateway: Definition = {
  table: {
    inputs: { region: text, tags: textMap, vpcId: text },
    outputs: { arn: computed(text), ownerId: computed(text), tagsAll: computed(textMap) },
    filledIn: ["region", "vpcId"],
  },
  replacement: [byRegion],

  create(_inputs, { account, region }) {
    const id = newId("igw");
    const outputs = {
      arn: arn("ec2", `internet-gateway/${id}`, account, region),
      ownerId: account.id,
      vpcId: "",
    };
    return { id, outputs };
  },
};

/** `aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway`: out by IPv6, and nobody in. */
export const egressOnlyInternetGateway: Definition = {
  table: {
    inputs: { region: text, tags: textMap, vpcId: required(text) },
    outputs: { tagsAll: computed(textMap) },
    filledIn: ["region"],
  },
  replacement: [...forceNew("internal/service/ec2/vpc_egress_only_internet_gateway.go", "vpcId"), byRegion],

  create: () => ({ id: newId("eigw"), outputs: {} }),
};
