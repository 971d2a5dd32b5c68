import type { PropertyMap } from "../../property/value";
import { digits } from "../account/account";
import type { Definition } from "../definition";
import { arn, newId } from "../identifiers";
import { computed, objects, required, text, textMap, texts } from "../properties";
import { byRegion, forceNew } from "../replacement";

/** What a route leads to; a route has exactly one. */
const targets = {
  carrierGatewayId: text,
  coreNetworkArn: text,
  egressOnlyGatewayId: text,
  gatewayId: text,
  localGatewayId: text,
  natGatewayId: text,
  networkInterfaceId: text,
  odbNetworkArn: text,
  transitGatewayId: text,
  vpcEndpointId: text,
  vpcPeeringConnectionId: text,
};

/** What a route is for; a route has exactly one. */
const destinations = { destinationCidrBlock: text, destinationIpv6CidrBlock: text, destinationPrefixListId: text };

/** `aws:ec2/routeTable:RouteTable`. */
export const routeTable: Definition = {
  table: {
    inputs: {
      propagatingVgws: texts,
      region: text,
      routes: objects({ cidrBlock: text, destinationPrefixListId: text, ipv6CidrBlock: text, ...targets }),
      tags: textMap,
      vpcId: required(text),
    },
    outputs: { arn: computed(text), ownerId: computed(text), tagsAll: computed(textMap) },
    filledIn: ["propagatingVgws", "region", "routes"],
  },
  replacement: [...forceNew("internal/service/ec2/vpc_route_table.go", "vpcId"), byRegion],
  sets: ["propagatingVgws", "routes"],

  create(_inputs, { account, region }) {
    const id = newId("rtb");
    const outputs = {
      arn: arn("ec2", `route-table/${id}`, account, region),
      ownerId: account.id,
      propagatingVgws: [],
      routes: [],
    };
    return { id, outputs };
  },
};

/** `aws:ec2/route:Route`. Another target is an update. */
export const route: Definition = {
  table: {
    inputs: { ...destinations, ...targets, region: text, routeTableId: required(text) },
    outputs: {
      instanceId: computed(text),
      instanceOwnerId: computed(text),
      origin: computed(text),
      state: computed(text),
    },
    filledIn: ["networkInterfaceId", "region"],
  },
  replacement: [
    ...forceNew("internal/service/ec2/vpc_route.go", ...Object.keys(destinations), "routeTableId"),
    byRegion,
  ],

  check: (inputs) => [...exactlyOne(Object.keys(destinations), inputs), ...exactlyOne(Object.keys(targets), inputs)],

  create(inputs) {
    const destination = Object.keys(destinations).map((name) => String(inputs[name] ?? ""));
    const outputs = {
      instanceId: "",
      instanceOwnerId: "",
      networkInterfaceId: "",
      origin: "CreateRoute",
      state: "active",
    };
    return { id: `r-${String(inputs["routeTableId"])}${digits(10, ...destination)}`, outputs };
  },
};

/** `aws:ec2/routeTableAssociation:RouteTableAssociation`: the routes that a subnet, or a gateway, goes by. */
export const routeTableAssociation: Definition = {
  table: {
    inputs: { gatewayId: text, region: text, routeTableId: required(text), subnetId: text },
    outputs: {},
    filledIn: ["region"],
  },
  replacement: [...forceNew("internal/service/ec2/vpc_route_table_association.go", "gatewayId", "subnetId"), byRegion],

  check: (inputs) => exactlyOne(["gatewayId", "subnetId"], inputs),

  create: () => ({ id: newId("rtbassoc"), outputs: {} }),
};

function exactlyOne(names: readonly string[], inputs: PropertyMap): { property: string; reason: string }[] {
  const given = names.filter((name) => (inputs[name] ?? null) !== null);
  if (given.length === 1) return [];
  const found = given.length === 0 ? "none" : given.join(" and ");
  return [{ property: "", reason: `exactly one of ${names.join(", ")} has to be given, and ${found} is` }];
}
