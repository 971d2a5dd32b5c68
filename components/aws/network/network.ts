import * as pulumi from "@pulumi/pulumi";
import { inputProblems } from "../../input-problems";
import { createNetwork } from "./create-network";
import { defaultNetwork, existingNetwork, NetworkOutputs } from "./find-network";
import { NetworkArgs } from "./network-args";
import { planNetwork } from "./plan-network";

/**
 * Where machines and balancers live: the account's default network, one that is there already, or a new one with public and
 * private subnets in two or three availability zones. In a new one nothing is open that nobody asked for: its default
 * security group has no rules, and what is refused is logged.
 *
 * @example
 * const network = new Network("web", { create: { zones: 3, nat: NatGateways.One } });
 * new Server("web", { debian: 13, subnetId: network.publicSubnetIds[0], securityGroupIds: [group.groupId] });
 */
export class Network extends pulumi.ComponentResource {
  /** Id of the VPC. */
  readonly vpcId: pulumi.Output<string>;
  /**
   * Ids of the subnets that lead to the Internet, one of each zone; of a new network resolved once they do. Take one by its
   * place (`publicSubnetIds[0]`), not by `apply`: while a zone is added, a preview knows those that are there, but not the
   * whole list, and would replace what lies in them.
   */
  readonly publicSubnetIds: pulumi.Output<string[]>;
  /** The same of the subnets that nobody outside reaches, once they lead where they should. Empty for none. */
  readonly privateSubnetIds: pulumi.Output<string[]>;
  /** Names of the availability zones, in the order of the public subnets. */
  readonly zones: pulumi.Output<string[]>;
  /** IPv4 addresses of the network, as CIDRs. */
  readonly cidrBlocks: pulumi.Output<string[]>;
  /** IPv4 addresses of the public subnets, as CIDRs, in their order: where a balancer speaks from. Of a new network known at preview. */
  readonly publicCidrs: pulumi.Output<string[]>;
  /** IPv6 addresses of the network, as a CIDR; empty for a network without. */
  readonly ipv6CidrBlock: pulumi.Output<string>;

  /** @throws pulumi.InputPropertiesError with every problem of the description */
  constructor(name: string, args: NetworkArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landfall:index:Network", name, args, opts);
    const subject = `landfall:index:Network '${name}'`;
    const { network: plan, problems } = planNetwork(name, args);
    if (problems.length) throw inputProblems(subject, problems);
    const own = { parent: this };

    let network: NetworkOutputs;
    if (plan) network = createNetwork(name, plan, { subject, tags: args.tags }, own);
    else if (args.existing) network = existingNetwork(args.existing, subject, own);
    else network = defaultNetwork(subject, own);

    this.vpcId = network.vpcId;
    this.publicSubnetIds = network.publicSubnetIds;
    this.privateSubnetIds = network.privateSubnetIds;
    this.zones = network.zones;
    this.cidrBlocks = network.cidrBlocks;
    this.publicCidrs = network.publicCidrs;
    this.ipv6CidrBlock = network.ipv6CidrBlock;
    this.registerOutputs({ ...network });
  }
}
