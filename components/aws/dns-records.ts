import * as route53 from "@pulumi/aws/route53";
import * as pulumi from "@pulumi/pulumi";
import { inputProblems } from "../input-problems";
import { HostedZone, matchZones, recordProblems } from "./match-zone";

/** A hosted zone that is there already. */
export interface ZoneArgs {
  /** Name of the domain it is for, e.g. `example.com`. */
  name: string;
  /** Its id, where two public zones have the name. @default found by the name @example "Z0123456789ABCDEFGHIJ" */
  id?: string;
}

/** Which names lead to which addresses. */
export interface DnsRecordsArgs {
  /** Host names. @example ["www.example.com"] */
  domains: string[];
  /** IPv4 address that they lead to. @example server.address */
  ipv4: pulumi.Input<string>;
  /** IPv6 address that they lead to as well. @default none @example server.ipv6Address */
  ipv6?: pulumi.Input<string>;
  /** The zone that all of them lie in. @default for each the public zone of this account with the longest name that it lies in */
  zone?: ZoneArgs;
}

/** Tells the id of the zone that a domain's record goes into. */
type ZoneIdOf = (domain: string) => pulumi.Input<string>;

/** How long resolvers may keep a record, in seconds. The address hardly ever changes, a mistake wants to be over soon. */
const keptSeconds = 300;

/**
 * A and AAAA records in hosted zones that exist. A record that is there already is not overwritten.
 *
 * @example
 * new DnsRecords("web", { domains: ["www.example.com"], ipv4: server.address });
 */
export class DnsRecords extends pulumi.ComponentResource {
  /** Names of the records, once they are there. */
  readonly names: pulumi.Output<string[]>;

  /** @throws pulumi.InputPropertiesError with every domain that cannot be a record, or lies outside the zone */
  constructor(name: string, args: DnsRecordsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landfall:index:DnsRecords", name, args, opts);
    const subject = `landfall:index:DnsRecords '${name}'`;
    const problems = recordProblems(args.domains, args.zone?.name);
    if (problems.length) throw inputProblems(subject, problems);

    const zoneIdOf = args.zone ? this.given(args.zone) : this.found(args.domains, subject);
    const record = (domain: string, type: string, address: pulumi.Input<string>): route53.Record =>
      new route53.Record(
        `${name}-${domain}-${type.toLowerCase()}`,
        {
          zoneId: zoneIdOf(domain),
          name: domain,
          type,
          ttl: keptSeconds,
          records: [address],
        },
        { parent: this },
      );
    const records = args.domains.flatMap((domain) => [
      record(domain, "A", args.ipv4),
      ...(args.ipv6 === undefined ? [] : [record(domain, "AAAA", args.ipv6)]),
    ]);

    this.names = pulumi.all(records.map((one) => one.name));
    this.registerOutputs({ names: this.names });
  }

  private given(zone: ZoneArgs): ZoneIdOf {
    const id = zone.id ?? route53.getZoneOutput({ name: zone.name, privateZone: false }, { parent: this }).zoneId;
    return () => id;
  }

  /** Route 53 lists ids only, so each zone is asked for its name. */
  private found(domains: string[], subject: string): ZoneIdOf {
    const opts = { parent: this };
    const zones = route53
      .getZonesOutput(opts)
      .ids.apply((ids) => pulumi.all(ids.map((zoneId) => route53.getZoneOutput({ zoneId }, opts))));
    const ids = zones.apply((all) => {
      const open: HostedZone[] = all.flatMap(({ zoneId: id, name, privateZone }) =>
        privateZone ? [] : [{ id, name }],
      );
      const { zoneIds, problems } = matchZones(domains, open);
      if (problems.length) throw inputProblems(subject, problems);
      return zoneIds;
    });
    return (domain) => ids.apply((found) => found[domain]!);
  }
}
