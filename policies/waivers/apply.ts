import { Finding, Status } from "../finding";
import { waiverRules } from "./rules";
import { PlacedWaiver, Waiver, wholeDeployment } from "./waiver";

/** A finding after the waivers. */
export interface JudgedFinding extends Finding {
  /** The waiver that holds for it, or null. */
  readonly waiver: Waiver | null;
}

/**
 * Marks what is waived. Only what fails or is not known can be; a waiver that has expired changes nothing.
 *
 * @param today the day by UTC, e.g. `2027-03-31`
 */
export function applyWaivers(
  findings: readonly Finding[],
  waivers: readonly Waiver[],
  today: string,
): readonly JudgedFinding[] {
  const valid = waivers.filter((waiver) => waiver.expires >= today);
  return findings.map((finding) => {
    const waiver = valid.find((candidate) => covers(candidate, finding)) ?? null;
    return waiver ? { ...finding, status: Status.Waived, waiver } : { ...finding, waiver };
  });
}

/**
 * What is wrong with the waivers themselves: those that have expired, and those that no finding needs any more.
 *
 * @param findings all findings that the waivers could be about
 * @param today the day by UTC
 */
export function findingsAboutWaivers(
  findings: readonly Finding[],
  waivers: readonly PlacedWaiver[],
  today: string,
): readonly JudgedFinding[] {
  return waivers.flatMap((waiver): JudgedFinding[] => {
    const subject = `the waiver of ${waiver.finding} for ${waiver.resource} by ${waiver.owner}`;
    if (waiver.expires < today) {
      const fix = "mend what it is about, or have it renewed by who answers for it";
      return [findingAbout(waiver, waiverRules.expired, `${subject} expired on ${waiver.expires}`, fix)];
    }
    if (findings.some((finding) => covers(waiver, finding))) return [];
    const fix = "remove it, or correct the finding or the resource";
    return [findingAbout(waiver, waiverRules.unused, `${subject} waives nothing: there is no such finding`, fix)];
  });
}

function findingAbout(
  waiver: PlacedWaiver,
  { id, item, severity, level }: (typeof waiverRules)[keyof typeof waiverRules],
  message: string,
  fix: string,
): JudgedFinding {
  const key = `${id}[${waiver.finding} ${waiver.resource}]`;
  const { place } = waiver;
  return {
    rule: id,
    item,
    key,
    status: Status.Fail,
    severity,
    level,
    resource: null,
    place,
    message,
    fix,
    waiver: null,
  };
}

function covers(waiver: Waiver, finding: Finding): boolean {
  return (
    (finding.status === Status.Fail || finding.status === Status.Unknown) &&
    (waiver.finding === finding.key || waiver.finding === finding.rule) &&
    isAbout(waiver.resource, finding.resource)
  );
}

function isAbout(named: string, resource: string | null): boolean {
  if (resource === null) return named === wholeDeployment;
  return named === resource || (resource.startsWith("urn:pulumi:") && resource.endsWith(`::${named}`));
}
