import { domainFault } from "../../app/domain";
import { Fault, Problem } from "../../app/problem";
import { Report } from "../../app/validation/report";
import { isWhole } from "../../app/validation/text";
import { isInZone } from "../match-zone";
import { AcmCertificateArgs, ExpiryAlarmArgs, KeyAlgorithm } from "./certificate-args";
import { checkKey, checkPem } from "../../host/tls/check-pem";
import { importable } from "./importable";

/** A certificate in the terms of ACM, and what is wrong with its description. */
export interface PlannedCertificate {
  main: string;
  others: string[];
  /** The names that have a validation record each, in the order of the domains. */
  validated: string[];
  /** Undefined stands for the provider's. */
  regions: (string | undefined)[];
  problems: Problem[];
}

/** The name whose record proves a domain: a wildcard shares it with the name below the asterisk (ACM User Guide, "DNS validation"). */
export const validatedName = (domain: string): string => domain.replace(/^\*\./, "");

/**
 * Plans a certificate.
 *
 * @param now decides about certificates that have expired
 */
export function planCertificate(args: AcmCertificateArgs, now: Date): PlannedCertificate {
  const problems: Problem[] = [];
  const report = new Report("", problems);
  const { domains, regions } = args;
  checkDomains(domains, args, report.in("domains"));
  checkRegions(regions, report.in("regions"));
  if (args.alsoIn) checkRegions(args.alsoIn, report.in("alsoIn"));
  if (args.alsoIn && regions)
    report.in("alsoIn").refuse(args.alsoIn, "is given beside regions, which are all there are", "add them to regions");
  if (args.importPem) checkImport(args, now, report);
  else checkIssue(args, report);
  if (args.expiryAlarm) checkAlarm(args.expiryAlarm, regions, report.in("expiryAlarm"));
  const [main = "", ...others] = domains;
  return {
    main,
    others,
    validated: args.importPem ? [] : [...new Set(domains.map(validatedName))],
    regions: regions ?? [undefined, ...(args.alsoIn ?? [])],
    problems,
  };
}

/** Most names of one certificate, once the quota is raised; it begins with 10 (ACM User Guide, "Quotas"). */
const mostNames = 100;

/** Longest main name, in characters; the others may have 253 (ACM API Reference, RequestCertificate, DomainName). */
const longestMain = 64;

function checkDomains(domains: readonly string[], { zone, importPem }: AcmCertificateArgs, report: Report): void {
  if (domains.length === 0) report.refuse(domains, "is empty", "give the host names that the certificate is for");
  if (!importPem && domains.length > mostNames) {
    report.refuseUnseen(`has ${domains.length} names; ACM puts ${mostNames} into one certificate at most`, "make two");
  }
  domains.forEach((domain, index) => {
    const fault = certificateNameFault(domain);
    const own = report.in(index);
    if (fault) own.refuse(domain, fault.reason, fault.fix);
    else if (domains.indexOf(domain) !== index) own.refuse(domain, "is there twice", "leave one of them out");
    else if (zone && !isInZone(validatedName(domain), zone.name)) {
      own.refuse(domain, `does not lie in the zone "${zone.name}"`, "leave out the zone and let it be found");
    }
  });
  const [main = ""] = domains;
  if (!importPem && main.length > longestMain && certificateNameFault(main) === undefined) {
    const fix = `put a domain of at most ${longestMain} characters first`;
    report.in(0).refuse(main, `has ${main.length} characters, too many for a main name`, fix);
  }
}

function certificateNameFault(domain: string): Fault | undefined {
  const below = validatedName(domain);
  if (below.includes("*")) return { reason: "has an asterisk that is not its whole first part", fix: 'use "*.…" once' };
  return (
    domainFault(below) ?? (below.includes(".") ? undefined : { reason: "is no public name", fix: "use a full one" })
  );
}

function checkRegions(regions: readonly string[] | undefined, report: Report): void {
  if (regions?.length === 0) report.refuse(regions, "is empty", "name a region, or leave it out for the provider's");
  regions?.forEach((region, index) => {
    const own = report.in(index);
    if (!/^[a-z]{2,}(-[a-z]+)+-\d+$/.test(region)) {
      own.refuse(region, "is not a region of AWS", 'write it like "eu-central-1"');
    } else if (regions.indexOf(region) !== index) own.refuse(region, "is there twice", "leave one of them out");
  });
}

/** ACM gives up by itself after 72 hours (ACM User Guide, "DNS validation"). */
const longestWaitMinutes = 72 * 60;

function checkIssue(
  { validationTimeoutMinutes: minutes, keyAlgorithm, manual, zone }: AcmCertificateArgs,
  report: Report,
): void {
  if (minutes !== undefined && !isWhole(minutes, 1, longestWaitMinutes)) {
    const fix = `use whole minutes from 1 to ${longestWaitMinutes}`;
    report.in("validationTimeoutMinutes").refuse(minutes, "is not a time to wait", fix);
  }
  const algorithms: readonly string[] = Object.values(KeyAlgorithm);
  if (keyAlgorithm !== undefined && !algorithms.includes(keyAlgorithm)) {
    const fix = `use ${algorithms.join(", ")}`;
    report.in("keyAlgorithm").refuse(keyAlgorithm, "is no kind of key that ACM makes for public certificates", fix);
  }
  if (manual && zone) {
    report.in("zone").refuse(zone.name, "is given, but no record is made", "leave out manual, or the zone");
  }
}

function checkImport(args: AcmCertificateArgs, now: Date, report: Report): void {
  const pem = args.importPem!;
  checkPem(pem, args.domains, now, report.in("importPem"));
  if (typeof pem.privateKey === "string") {
    checkKey(pem.certificate, pem.privateKey, importable, report.in("importPem", "privateKey"));
  }
  for (const name of ["zone", "manual", "validationTimeoutMinutes", "keyAlgorithm"] as const) {
    if (args[name] === undefined || args[name] === false) continue;
    report.in(name).refuseUnseen("is about certificates that ACM issues, and this one is imported", "leave it out");
  }
}

function checkAlarm(
  { daysLeft, otherTopicArns = {} }: ExpiryAlarmArgs,
  regions: readonly string[] = [],
  report: Report,
): void {
  if (daysLeft !== undefined && !isWhole(daysLeft, 1, Infinity)) {
    report.in("daysLeft").refuse(daysLeft, "is not a number of days", "use a whole number from 1");
  }
  const others = regions.slice(1);
  for (const region of others.filter((one) => !(one in otherTopicArns))) {
    const fix = "add one there: an alarm tells only topics of its own region";
    report.in("otherTopicArns").refuseUnseen(`names no topic in ${region}`, fix);
  }
  for (const region of Object.keys(otherTopicArns).filter((one) => !others.includes(one))) {
    report.in("otherTopicArns", region).refuseUnseen("is for a region without another certificate", "leave it out");
  }
}
