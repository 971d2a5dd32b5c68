import { Level, Status } from "../finding";
import { JudgedFinding } from "../waivers/apply";
import { ItemResult } from "./items";
import { allFindings, countByStatus, Report, resourceLabel } from "./report";
import { compareSeverity } from "./severity";

/** The report for people: what is to be done, then the checklist. */
export function terminal(report: Report): string {
  const subjects = report.subjects.flatMap(({ path, kind, findings }) => [
    `${printable(path)} (${kind})`,
    ...section(findings),
  ]);
  const waivers = report.waivers.length > 0 ? ["Waivers", ...section(report.waivers)] : [];
  return `${[...subjects, ...waivers, ...checklist(report.items), "", summary(report)].join("\n")}\n`;
}

function checklist(items: readonly ItemResult[]): string[] {
  const width = Math.max(0, ...items.map(({ state }) => state.length));
  const sections = [...new Set(items.map(({ section }) => section))];
  const lines = sections.flatMap((section) => [
    `  ${section}`,
    ...items
      .filter((item) => item.section === section)
      .map(({ state, title, attestation }) => {
        const by = attestation ? ` (${attestation.by}, ${attestation.on})` : "";
        return printable(`    ${state.padEnd(width)}  ${title}${by}`);
      }),
  ]);
  return ["Checklist", ...lines];
}

/** The line that a report ends with, e.g. `2 failed, 1 warning, 3 not known, 40 passed`. */
function summary(report: Report): string {
  const findings = allFindings(report);
  const counts = countByStatus(findings);
  const warnings = findings.filter((finding) => kindOf(finding) === "WARNING").length;
  const parts = [
    `${counts.fail - warnings} failed`,
    ...(warnings > 0 ? [warnings === 1 ? "1 warning" : `${warnings} warnings`] : []),
    ...(counts.waived > 0 ? [`${counts.waived} waived`] : []),
    ...(counts.unknown > 0 ? [`${counts.unknown} not known`] : []),
    `${counts.pass} passed`,
  ];
  return parts.join(", ");
}

/** Kinds of findings that ask for something, in the order in which they are to be dealt with. */
const kinds = ["FAIL", "WARNING", "NOT KNOWN", "WAIVED"] as const;
type Kind = (typeof kinds)[number];

/** Undefined for a finding that asks for nothing. */
function kindOf({ status, level }: JudgedFinding): Kind | undefined {
  switch (status) {
    case Status.Fail:
      return level === Level.Advisory ? "WARNING" : "FAIL";
    case Status.Unknown:
      return "NOT KNOWN";
    case Status.Waived:
      return "WAIVED";
    case Status.Pass:
    case Status.NotApplicable:
      return undefined;
  }
}

function section(findings: readonly JudgedFinding[]): string[] {
  const shown = kinds.flatMap((kind) =>
    findings
      .filter((finding) => kindOf(finding) === kind)
      .sort((one, other) => compareSeverity(other.severity, one.severity))
      .flatMap((finding) => [...lines(kind, finding), ""]),
  );
  return shown.length === 0 ? ["  nothing to do", ""] : shown;
}

function lines(kind: Kind, { key, resource, place, message, fix, severity, waiver }: JudgedFinding): string[] {
  const where = place ? `  ${place.file}${place.line === null ? "" : `:${place.line}`}` : "";
  return [
    `  ${kind.padEnd(9)} ${key}  ${severity}`,
    `            ${resourceLabel(resource)}${where}`,
    `            ${message}`,
    ...(waiver ? [`            ${waiver.reason} (${waiver.owner}, until ${waiver.expires})`] : []),
    ...(fix && !waiver ? [`            fix: ${fix}`] : []),
  ].map(printable);
}

/** Names come from files of others: control characters in them must not steer the terminal. */
function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, (character) => JSON.stringify(character).slice(1, -1));
}
