import type { Problem } from "../../app/problem";
import { AllocatedSubnet, allocateSubnets, Tier, zoneLetters } from "./allocate-subnets";
import { networkProblems } from "./check-network";
import { zoneParts } from "./choose-zones";
import { InterfaceEndpoint, LoggedTraffic, NatGateways, NetworkArgs } from "./network-args";

/** One zone of a new network. */
export interface PlannedZone {
  /** Names what lies in it. Without a name for the zone it counts the zones of the network, not those of the region. */
  letter: string;
  /** Name of the zone. Null where the region's zones are looked up. */
  name: string | null;
  public: AllocatedSubnet;
  private: AllocatedSubnet;
  /** Letter of the zone whose NAT gateway the private subnet gets out by; null for none. */
  natLetter: string | null;
}

/** Logs of what goes through a new network. */
export interface PlannedFlowLogs {
  traffic: Exclude<LoggedTraffic, "none">;
  retentionDays: number;
}

/** All that is known of a new network before it is there. */
export interface NetworkPlan {
  /** IPv4 addresses of the network. */
  cidr: string;
  zones: PlannedZone[];
  /** IPv4 addresses of the public subnets, in the order of the zones: where a balancer speaks from. */
  publicCidrs: string[];
  /** Letters of the zones that have a NAT gateway. */
  natLetters: string[];
  ipv6: boolean;
  s3: boolean;
  interfaces: InterfaceEndpoint[];
  /** Null for none. */
  flowLogs: PlannedFlowLogs | null;
}

/** A new network, and what is wrong with its description. */
export interface PlannedNetwork {
  /** Null where no new network is described, or its description has problems. */
  network: NetworkPlan | null;
  problems: Problem[];
}

/** The addresses that a new network has by default: a private range of RFC 1918. */
const defaultCidr = "10.0.0.0/16";

/** Plans a network, from plain data to plain data. A network that is there already is only checked. */
export function planNetwork(name: string, args: NetworkArgs): PlannedNetwork {
  const problems = networkProblems(name, args);
  const { create } = args;
  if (problems.length || !create) return { network: null, problems };

  const { cidr = defaultCidr, endpoints = {}, flowLogs = {}, nat = NatGateways.None } = create;
  const named = create.zoneNames?.map((zone) => ({ name: zone, letter: zoneParts(zone)!.letter }));
  const zones = named ?? zoneLetters.slice(0, create.zones ?? 2).map((letter) => ({ name: null, letter }));
  const letters = zones.map(({ letter }) => letter);
  const natLetters = natLettersOf(nat, letters);
  const subnets = allocateSubnets(cidr, letters);
  const subnet = (tier: Tier, letter: string): AllocatedSubnet =>
    subnets.find((each) => each.tier === tier && each.letter === letter)!;
  const { traffic = LoggedTraffic.Rejected, retentionDays = 30 } = flowLogs;
  const network: NetworkPlan = {
    cidr,
    zones: zones.map((zone) => ({
      ...zone,
      public: subnet(Tier.Public, zone.letter),
      private: subnet(Tier.Private, zone.letter),
      natLetter: natLetters.includes(zone.letter) ? zone.letter : (natLetters[0] ?? null),
    })),
    publicCidrs: letters.map((letter) => subnet(Tier.Public, letter).cidr),
    natLetters,
    ipv6: create.ipv6 ?? false,
    s3: endpoints.s3 ?? true,
    interfaces: endpoints.interfaces ?? [],
    flowLogs: traffic === LoggedTraffic.None ? null : { traffic, retentionDays },
  };
  return { network, problems };
}

function natLettersOf(nat: NatGateways, letters: string[]): string[] {
  if (nat === NatGateways.PerZone) return letters;
  return nat === NatGateways.One ? letters.slice(0, 1) : [];
}
