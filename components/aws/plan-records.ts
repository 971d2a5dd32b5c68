import { Input } from "@pulumi/pulumi";
import { domainFault } from "../app/domain";
import { Problem } from "../app/problem";
import { Report } from "../app/validation/report";
import { isWhole } from "../app/validation/text";
import { AliasArgs, DnsRecordsArgs, FailoverRole, DnsHealthCheckArgs, RoutingArgs } from "./dns-records-args";
import { recordProblems } from "./match-zone";
import { caa } from "./zone-file";

/** One record. */
export interface PlannedRecord {
  /** What stands behind the component's name in that of the resource, e.g. `www.example.com-a`. */
  key: string;
  name: string;
  type: "A" | "AAAA" | "CAA";
  /** What it says; none of an alias. */
  records?: Input<string>[];
  alias?: AliasArgs;
}

/** The records of a description, and what is wrong with it. */
export interface PlannedRecords {
  records: PlannedRecord[];
  /** Every name that has a record: the domains, and those with CAA records alone. */
  names: string[];
  problems: Problem[];
}

/** Plans A and AAAA records for each domain, always both of an alias, and CAA records. */
export function planRecords(args: DnsRecordsArgs): PlannedRecords {
  const { domains, caa: permission } = args;
  const restricted = permission ? (permission.names ?? domains) : [];
  return {
    records: [
      ...domains.flatMap((domain) => addressRecords(domain, args)),
      ...restricted.map((name): PlannedRecord => {
        const issuers = permission!.issuers.length ? permission!.issuers : [";"]; // nobody (RFC 8659, section 4.2)
        return { key: `${name}-caa`, name, type: "CAA", records: issuers.map((issuer) => caa("issue", issuer)) };
      }),
    ],
    names: [...new Set([...domains, ...restricted])],
    problems: recordsProblems(args),
  };
}

function addressRecords(domain: string, { ipv4, ipv6, alias }: DnsRecordsArgs): PlannedRecord[] {
  const record = (type: "A" | "AAAA", target: Partial<PlannedRecord>): PlannedRecord => ({
    key: `${domain}-${type.toLowerCase()}`,
    name: domain,
    type,
    ...target,
  });
  if (alias) return [record("A", { alias }), record("AAAA", { alias })];
  return [
    ...(ipv4 === undefined ? [] : [record("A", { records: [ipv4] })]),
    ...(ipv6 === undefined ? [] : [record("AAAA", { records: [ipv6] })]),
  ];
}

function recordsProblems(args: DnsRecordsArgs): Problem[] {
  const { domains, zone, alias, manual } = args;
  const problems = recordProblems(domains, zone?.name);
  const report = new Report("", problems);
  const hasAddress = args.ipv4 !== undefined || args.ipv6 !== undefined;
  if (alias && hasAddress) report.in("alias").refuseUnseen("is given beside an address", "give one of the two");
  if (!alias && !hasAddress && domains.length > 0) {
    report.in("ipv4").refuseUnseen("is missing, so the domains lead nowhere", "give an address or an alias");
  }
  checkCaa(args, report.in("caa"));
  if (args.routing) checkRouting(args.routing, args, report.in("routing"));
  if (args.healthCheck) checkHealth(args.healthCheck, args, report.in("healthCheck"));
  if (manual && zone) {
    report.in("zone").refuse(zone.name, "is given, but no record is made", "leave out manual, or the zone");
  }
  if (manual && args.routing) {
    const fix = "leave it out: a zone file has no words for it";
    report.in("routing").refuseUnseen("is done by Route 53, and the domains are looked after elsewhere", fix);
  }
  return problems;
}

function checkCaa({ caa: permission, zone }: DnsRecordsArgs, report: Report): void {
  if (!permission) return;
  const names = recordProblems(permission.names ?? [], zone?.name);
  for (const { path, value, reason, fix } of names) {
    report.in("names", Number(/\d+/.exec(path)?.[0])).refuse(value, reason, fix);
  }
  permission.issuers.forEach((issuer, index) => {
    const fault = domainFault(issuer);
    if (fault) report.in("issuers", index).refuse(issuer, fault.reason, fault.fix);
    else if (permission.issuers.indexOf(issuer) !== index) {
      report.in("issuers", index).refuse(issuer, "is there twice", "leave one of them out");
    }
  });
}

/** Route 53 API Reference, ResourceRecordSet. */
const longestIdentifier = 128;
const greatestWeight = 255;

function checkRouting({ setIdentifier, weight, failover }: RoutingArgs, args: DnsRecordsArgs, report: Report): void {
  if (setIdentifier.length < 1 || setIdentifier.length > longestIdentifier) {
    const fix = `use 1 to ${longestIdentifier} characters`;
    report.in("setIdentifier").refuse(setIdentifier, "cannot tell records apart", fix);
  }
  if ((weight === undefined) === (failover === undefined)) {
    report.refuseUnseen("has to have one of weight and failover", "give one of the two");
  }
  if (weight !== undefined && !isWhole(weight, 0, greatestWeight)) {
    report.in("weight").refuse(weight, "is no weight", `use a whole number from 0 to ${greatestWeight}`);
  }
  const roles: readonly string[] = Object.values(FailoverRole);
  if (failover !== undefined && !roles.includes(failover)) {
    report.in("failover").refuse(failover, "is no role", `use ${roles.join(" or ")}`);
  }
  if (failover === FailoverRole.Primary && !args.healthCheck && !args.alias?.evaluateTargetHealth) {
    const fix = "give healthCheck, or an alias with evaluateTargetHealth";
    report.in("failover").refuse(failover, "is never left, as nobody finds out whether it is well", fix);
  }
}

/** Longest path, in characters (Route 53 API Reference, HealthCheckConfig). */
const longestPath = 255;

function checkHealth({ path, domain }: DnsHealthCheckArgs, args: DnsRecordsArgs, report: Report): void {
  if (!/^\/[\x21-\x7e]*$/.test(path) || path.length > longestPath) {
    const fix = `begin it with a slash; use at most ${longestPath} characters of ASCII without spaces`;
    report.in("path").refuse(path, "is no path to ask for", fix);
  }
  const fault = domain === undefined ? undefined : domainFault(domain);
  if (fault) report.in("domain").refuse(domain, fault.reason, fault.fix);
  if (!args.routing) {
    report.refuseUnseen("decides nothing where there is no other record to answer with", "give routing as well");
  }
  if (args.ipv4 === undefined && (domain === undefined || args.domains.includes(domain))) {
    const fix = "give a domain that leads to this one alone";
    report.in("domain").refuse(domain, "would ask whichever record is answered with at the time", fix);
  }
}
