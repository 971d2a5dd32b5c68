import * as pulumi from "@pulumi/pulumi";
import { DnsRecords } from "./dns-records";
import type { DnsRecordsArgs } from "./dns-records-args";
import { nameChange } from "./name-change/name-change";
import { keptSeconds } from "./zone-file";

/** Where the names of a site lead. */
type Lead = Pick<DnsRecordsArgs, "domains" | "ipv4" | "ipv6" | "alias" | "zone">;

/** How long resolvers keep an alias to what AWS runs, in seconds (Route 53, "Choosing between alias and non-alias records"). */
const aliasSeconds = 60;

/**
 * Leads the names of a site somewhere. Where they led elsewhere before, the last of the returned resources is there once
 * resolvers have forgotten that: Pulumi deletes last, so what was there before answers until then.
 */
export function leadNames(name: string, lead: Lead, opts: pulumi.ComponentResourceOptions): pulumi.Resource[] {
  const records = new DnsRecords(name, lead, opts);
  const change = nameChange(
    `${name}-names`,
    { target: lead.alias?.dnsName ?? lead.ipv4!, keptSeconds: lead.alias ? aliasSeconds : keptSeconds },
    { parent: opts.parent, dependsOn: [records] },
  );
  return [records, change];
}
