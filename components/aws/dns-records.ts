import * as route53 from "@pulumi/aws/route53";
import * as pulumi from "@pulumi/pulumi";
import { inputProblems } from "../input-problems";
import { findZones, ZoneArgs } from "./find-zones";
import { recordProblems } from "./match-zone";
import { keptSeconds } from "./zone-file";

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

    const zones = findZones(args.domains, args.zone, subject, this);
    const record = (domain: string, type: string, address: pulumi.Input<string>): route53.Record =>
      new route53.Record(
        `${name}-${domain}-${type.toLowerCase()}`,
        {
          zoneId: zones.idOf(domain),
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
}
