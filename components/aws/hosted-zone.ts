import * as route53 from "@pulumi/aws/route53";
import * as pulumi from "@pulumi/pulumi";
import { domainFault } from "../app/domain";
import { Problem } from "../app/problem";
import { Report } from "../app/validation/report";
import { inputProblems } from "../input-problems";
import { findZones, ZoneArgs } from "./find-zones";
import { isInZone } from "./match-zone";
import { keptSeconds } from "./zone-file";

/** A new hosted zone. */
export interface HostedZoneArgs {
  /** The domain. @example "dev.example.com" */
  name: string;
  /**
   * The zone above it, which is told of its name servers.
   * @default none: `nameServers` have to be set at the registrar
   * @example { name: "example.com" }
   */
  parent?: ZoneArgs;
  /** Refuse to delete it: a zone that is made again has other name servers. @default false */
  protection?: boolean;
  /** Tags of the zone. @default none @example { team: "web" } */
  tags?: Record<string, string>;
}

/**
 * A public hosted zone, and its delegation where the zone above is at hand.
 *
 * @example
 * const zone = new HostedZone("dev", { name: "dev.example.com", parent: { name: "example.com" } });
 * const { zoneId: id, nameServers } = zone;
 * new Certificate("dev", { domains: ["dev.example.com"], zone: { name: "dev.example.com", id, nameServers } });
 */
export class HostedZone extends pulumi.ComponentResource {
  /** Its id, once it is delegated to, if there is a parent. */
  readonly zoneId: pulumi.Output<string>;
  /** The name servers that Route 53 answers for it with. */
  readonly nameServers: pulumi.Output<string[]>;

  /** @throws pulumi.InputPropertiesError when the name is none, or does not lie below the parent */
  constructor(name: string, args: HostedZoneArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landfall:index:HostedZone", name, args, opts);
    const subject = `landfall:index:HostedZone '${name}'`;
    const problems = zoneProblems(args);
    if (problems.length) throw inputProblems(subject, problems);

    const zone = new route53.Zone(
      name,
      { name: args.name, tags: args.tags },
      { parent: this, protect: args.protection },
    );
    const delegation = args.parent && this.delegation(name, args.name, args.parent, zone, subject);

    this.zoneId = delegation ? pulumi.all([zone.zoneId, delegation.fqdn]).apply(([zoneId]) => zoneId) : zone.zoneId;
    this.nameServers = zone.nameServers;
    this.registerOutputs({ zoneId: this.zoneId, nameServers: this.nameServers });
  }

  private delegation(
    name: string,
    domain: string,
    parent: ZoneArgs,
    zone: route53.Zone,
    subject: string,
  ): route53.Record {
    return new route53.Record(
      `${name}-delegation`,
      {
        zoneId: findZones([domain], parent, subject, this).idOf(domain),
        name: domain,
        type: "NS",
        ttl: keptSeconds,
        records: zone.nameServers,
      },
      { parent: this },
    );
  }
}

function zoneProblems({ name, parent }: HostedZoneArgs): Problem[] {
  const problems: Problem[] = [];
  const report = new Report("", problems);
  const fault = domainFault(name);
  if (fault) report.in("name").refuse(name, fault.reason, fault.fix);
  else if (parent && (!isInZone(name, parent.name) || isInZone(parent.name, name))) {
    const fix = `give a zone that "${name}" lies in, and that is not for the same name`;
    report.in("parent", "name").refuse(parent.name, `is not a zone above "${name}"`, fix);
  }
  return problems;
}
