import * as route53 from "@pulumi/aws/route53";
import * as pulumi from "@pulumi/pulumi";
import { inputProblems } from "../input-problems";
import { DnsRecordsArgs, DnsHealthCheckArgs, RoutingArgs } from "./dns-records-args";
import { findZones } from "./find-zones";
import { PlannedRecord, planRecords } from "./plan-records";
import { domainName, keptSeconds, zoneFile } from "./zone-file";

/**
 * A, AAAA and CAA records in hosted zones. A record that is there already is not overwritten.
 *
 * @example
 * new DnsRecords("web", { domains: ["www.example.com"], ipv4: server.address });
 */
export class DnsRecords extends pulumi.ComponentResource {
  /** Names of the records, once they are there. */
  readonly names: pulumi.Output<string[]>;
  /** With `manual`, what has to be created, as the text of a zone file; else empty. */
  readonly zoneFile: pulumi.Output<string>;

  /** @throws pulumi.InputPropertiesError with every domain that cannot be a record, and all else that is wrong */
  constructor(name: string, args: DnsRecordsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landfall:index:DnsRecords", name, args, opts);
    const subject = `landfall:index:DnsRecords '${name}'`;
    const plan = planRecords(args);
    if (plan.problems.length) throw inputProblems(subject, plan.problems);

    if (args.manual) {
      this.names = pulumi.output(plan.records.map((record) => record.name));
      this.zoneFile = fileOf(plan.records);
    } else {
      const zones = findZones(plan.names, args.zone, subject, this);
      const healthCheckId = args.healthCheck && this.healthCheck(name, args.healthCheck, args).id;
      const records = plan.records.map(
        (record) =>
          new route53.Record(
            `${name}-${record.key}`,
            {
              zoneId: zones.idOf(record.name),
              name: record.name,
              type: record.type,
              ...contentOf(record),
              ...(args.routing && record.type !== "CAA" && { ...routingOf(args.routing), healthCheckId }),
            },
            { parent: this, dependsOn: opts?.dependsOn },
          ),
      );
      this.names = pulumi.all(records.map((one) => one.name));
      this.zoneFile = pulumi.output("");
    }
    this.registerOutputs({ names: this.names, zoneFile: this.zoneFile });
  }

  private healthCheck(
    name: string,
    { path, domain, https = true }: DnsHealthCheckArgs,
    { domains, ipv4, tags }: DnsRecordsArgs,
  ): route53.HealthCheck {
    return new route53.HealthCheck(
      `${name}-health`,
      {
        type: https ? "HTTPS" : "HTTP",
        port: https ? 443 : 80,
        fqdn: domain ?? domains[0]!,
        // By its address, because the name leads to others as well.
        ipAddress: domain === undefined ? ipv4 : undefined,
        resourcePath: path,
        // Unwell after a minute and a half; half-minutes cost less than the alternative, 10 seconds.
        requestInterval: 30,
        failureThreshold: 3,
        enableSni: https,
        tags: { Name: name, ...tags },
      },
      { parent: this },
    );
  }
}

function contentOf({ alias, records }: PlannedRecord): Partial<route53.RecordArgs> {
  if (!alias) return { ttl: keptSeconds, records };
  const { dnsName, zoneId, evaluateTargetHealth = false } = alias;
  return { aliases: [{ name: dnsName, zoneId, evaluateTargetHealth }] };
}

function routingOf({ setIdentifier, weight, failover }: RoutingArgs): Partial<route53.RecordArgs> {
  return {
    setIdentifier,
    ...(weight !== undefined && { weightedRoutingPolicies: [{ weight }] }),
    ...(failover !== undefined && { failoverRoutingPolicies: [{ type: failover }] }),
  };
}

/** An alias is a thing of Route 53, so it is told in words. */
function fileOf(planned: readonly PlannedRecord[]): pulumi.Output<string> {
  const known = planned.map(({ name, type, records, alias }) =>
    pulumi.output({ name, type, records: records ?? [], target: alias?.dnsName }),
  );
  return pulumi.all(known).apply((all) => {
    const aliases = new Map(all.flatMap(({ name, target }) => (target === undefined ? [] : [[name, target] as const])));
    const notes = [...aliases].flatMap(([name, target]) => [
      `${name} leads to ${domainName(target)} by an ALIAS record, which some call ANAME. Where there is none, and`,
      `${name} is not the name of the zone itself: ${domainName(name)} ${keptSeconds} IN CNAME ${domainName(target)}`,
    ]);
    const lines = all.flatMap(({ name, type, records }) => records.map((data) => ({ name, type, data })));
    return zoneFile(lines, notes);
  });
}
