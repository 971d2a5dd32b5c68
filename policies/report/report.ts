import { Status } from "../finding";
import { Rule } from "../rule";
import { JudgedFinding } from "../waivers/apply";
import { ItemResult } from "./items";

/** What a report says about a rule. */
export type ReportedRule = Pick<Rule, "id" | "item" | "title" | "help" | "severity" | "level">;

/** One file or folder that was checked. */
export interface Subject {
  /** Its path as it was given. */
  readonly path: string;
  /** What it was taken for, e.g. `preview`. */
  readonly kind: string;
  /** Whether it is a folder, so that findings name files in it. */
  readonly isFolder: boolean;
  readonly findings: readonly JudgedFinding[];
}

/** All that a check found out; each format shows it in its own way. */
export interface Report {
  /** Version of Landfall. */
  readonly version: string;
  readonly subjects: readonly Subject[];
  /** What is wrong with the waivers themselves. */
  readonly waivers: readonly JudgedFinding[];
  readonly rules: readonly ReportedRule[];
  readonly items: readonly ItemResult[];
}

/** The findings of all subjects, and those about the waivers. */
export function allFindings(report: Pick<Report, "subjects" | "waivers">): JudgedFinding[] {
  return [...report.subjects.flatMap(({ findings }) => findings), ...report.waivers];
}

/** How many findings have each status. */
export function countByStatus(findings: readonly JudgedFinding[]): Record<Status, number> {
  const counts = { pass: 0, fail: 0, unknown: 0, "not-applicable": 0, waived: 0 };
  for (const { status } of findings) counts[status]++;
  return counts;
}

/** A resource as people call it: name and type of a URN, else the file, or the deployment as a whole. */
export function resourceLabel(resource: string | null): string {
  if (resource === null) return "the deployment";
  if (!resource.startsWith("urn:pulumi:")) return resource;
  const [, , types = "", ...name] = resource.split("::");
  return `${name.join("::")} (${types.split("$").at(-1)})`;
}
