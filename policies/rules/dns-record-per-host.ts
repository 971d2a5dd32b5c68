import { declaredDomains, DeclaredDomain } from "../dns/declared-domains";
import { recordsOf } from "../dns/records";
import { Level, Severity } from "../finding";
import { Rule } from "../rule";
import { fail, pass, unknown } from "./drafts";

/** A domain without a record is a site that nobody finds, and for which no certificate is issued. */
export const dnsRecordPerHost: Rule<DeclaredDomain> = {
  id: "dns-record-per-host",
  item: "domain-points",
  title: "Each domain of an app has a DNS record",
  severity: Severity.High,
  level: Level.Mandatory,
  help:
    "For each declared domain, an A, AAAA or CNAME record of that name, or of a wildcard above it, has to be part of the " +
    "deployment. Where a domain's DNS is kept by somebody else, name it under `elsewhere` in the settings.",
  targets: declaredDomains,
  check({ domain }, { graph }) {
    const { records, uncertain } = recordsOf(graph, domain);
    const details = { about: domain };
    if (records.length > 0) return [pass(`${domain} has a record`, details)];
    if (uncertain.length > 0)
      return [
        unknown(
          `${domain} may be meant by ${uncertain.join(", ")}, whose name is not known yet`,
          "give the record a name that is known at preview",
          details,
        ),
      ];
    return [
      fail(`${domain} has no record`, "add an A record for it, or name it under `elsewhere` in the settings", details),
    ];
  },
};
