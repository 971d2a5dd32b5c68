import * as route53 from "@pulumi/aws/route53";
import * as pulumi from "@pulumi/pulumi";
import { inputProblems } from "../input-problems";
import { matchZones } from "./match-zone";

/** A hosted zone that is there already, or that the same program makes. */
export interface ZoneArgs {
  /** Name of the domain it is for, e.g. `example.com`. */
  name: string;
  /** Its id, where two public zones have the name, or the zone is new. @default found by the name @example zone.zoneId */
  id?: pulumi.Input<string>;
  /** The name servers that Route 53 answers for it with, where they are at hand. @default asked of AWS @example zone.nameServers */
  nameServers?: pulumi.Input<string[]>;
}

/** A hosted zone, as AWS tells of it. */
export interface FoundZone {
  id: string;
  name: string;
  /** The name servers that Route 53 answers for it with. */
  nameServers: string[];
}

/** The zones that records go into. */
export interface Zones {
  /** Id of a domain's zone. */
  idOf(domain: string): pulumi.Input<string>;
  /** A domain's zone with what AWS tells of it. */
  zoneOf(domain: string): pulumi.Output<FoundZone>;
}

/**
 * The zones of domains: the one that is given, else for each the public zone of this account with the longest name that the
 * domain lies in.
 *
 * @param subject the component that asks, e.g. `landfall:index:DnsRecords 'web'`
 * @param parent the same as a resource
 */
export function findZones(
  domains: readonly string[],
  zone: ZoneArgs | undefined,
  subject: string,
  parent: pulumi.Resource,
): Zones {
  return zone ? given(zone, parent) : found(domains, subject, parent);
}

function given({ name, id, nameServers }: ZoneArgs, parent: pulumi.Resource): Zones {
  const asked = (): pulumi.Output<FoundZone> => {
    if (id !== undefined && nameServers !== undefined) return pulumi.output({ id, name, nameServers });
    const args = id === undefined ? { name, privateZone: false } : { zoneId: id };
    return route53.getZoneOutput(args, { parent }).apply(asZone);
  };
  let answer: pulumi.Output<FoundZone> | undefined;
  const once = (): pulumi.Output<FoundZone> => (answer ??= asked());
  return { idOf: () => id ?? once().id, zoneOf: once };
}

/** Route 53 lists ids only, so each zone is asked for its name. */
function found(domains: readonly string[], subject: string, parent: pulumi.Resource): Zones {
  const opts = { parent };
  const zones = route53
    .getZonesOutput(opts)
    .ids.apply((ids) => pulumi.all(ids.map((zoneId) => route53.getZoneOutput({ zoneId }, opts))));
  const byDomain = zones.apply((all) => {
    const open = all.filter(({ privateZone }) => !privateZone).map(asZone);
    const { zoneIds, problems } = matchZones(domains, open);
    if (problems.length) throw inputProblems(subject, problems);
    return Object.fromEntries(
      domains.map((domain) => [domain, open.find(({ id }) => id === zoneIds[domain])!] as const),
    );
  });
  const zoneOf = (domain: string): pulumi.Output<FoundZone> => byDomain.apply((all) => all[domain]!);
  return { idOf: (domain) => zoneOf(domain).id, zoneOf };
}

function asZone({ zoneId: id, name, nameServers }: route53.GetZoneResult): FoundZone {
  return { id, name, nameServers };
}
