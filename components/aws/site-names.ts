import * as pulumi from "@pulumi/pulumi";
import { DnsRecords } from "./dns-records";
import type { DnsRecordsArgs } from "./dns-records-args";
import { nameChange } from "./name-change/name-change";
import { keptSeconds } from "./zone-file";

/** Where the names of a site lead. */
type Lead = Pick<DnsRecordsArgs, "domains" | "ipv4" | "ipv6" | "alias" | "zone" | "manual">;

/** The names of a site, which lead somewhere. */
interface SiteNames {
  /**
   * The last of them is there once resolvers have forgotten where the names led before: Pulumi deletes last, so what was
   * there before answers until then.
   */
  there: pulumi.Resource[];
  /** Records that others create; empty for none. */
  zoneFile: pulumi.Output<string>;
}

/** How long resolvers keep an alias to what AWS runs, in seconds (Route 53, "Choosing between alias and non-alias records"). */
const aliasSeconds = 60;

/** Leads the names of a site somewhere. When others change records that they look after is not known here, nor waited for. */
export function leadNames(name: string, lead: Lead, opts: pulumi.ComponentResourceOptions): SiteNames {
  const records = new DnsRecords(name, lead, opts);
  const { zoneFile } = records;
  if (lead.manual) return { there: [records], zoneFile };
  const change = nameChange(
    `${name}-names`,
    { target: lead.alias?.dnsName ?? lead.ipv4!, keptSeconds: lead.alias ? aliasSeconds : keptSeconds },
    { parent: opts.parent, dependsOn: [records] },
  );
  return { there: [records, change], zoneFile };
}
