import { createHash } from "node:crypto";
import { Level, Severity, Status } from "../finding";
import { JudgedFinding } from "../waivers/apply";
import { Location, locationOf, sarifUri } from "./location";
import { Report, ReportedRule, resourceLabel } from "./report";

/**
 * How GitHub tells severities apart: above 9 critical, from 7 high, from 4 medium, below low
 * (docs.github.com, "SARIF support for code scanning", `security-severity`).
 */
const securitySeverity: Readonly<Record<Severity, string>> = {
  critical: "9.5",
  high: "8.0",
  medium: "5.5",
  low: "2.0",
};

/**
 * The report as SARIF 2.1.0, as GitHub's code scanning takes it. What passes or does not apply is left out; what is waived
 * is there with its reason, what is not known as an open question.
 *
 * @param root folder that paths are given from: the root of the repository
 */
export function sarif(report: Report, root: string): string {
  const index = new Map(report.rules.map(({ id }, position) => [id, position]));
  const results = [
    ...report.subjects.flatMap(({ path, isFolder, findings }) =>
      findings.flatMap((finding) => result(finding, index, locationOf(finding, path, isFolder), root)),
    ),
    ...report.waivers.flatMap((finding) => result(finding, index, locationOf(finding, null, false), root)),
  ];
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: { name: "Landfall", semanticVersion: report.version, rules: report.rules.map(reportingDescriptor) },
        },
        columnKind: "utf16CodeUnits",
        results,
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function reportingDescriptor({ id, item, title, help, severity, level }: ReportedRule): object {
  return {
    id,
    shortDescription: { text: title },
    fullDescription: { text: help },
    help: { text: help },
    defaultConfiguration: { level: resultLevel(level), enabled: level !== Level.Disabled },
    properties: { tags: ["security", "deployment", item], "security-severity": securitySeverity[severity] },
  };
}

function resultLevel(level: Level): string {
  return level === Level.Advisory ? "warning" : "error";
}

function result(
  finding: JudgedFinding,
  ruleIndex: ReadonlyMap<string, number>,
  location: Location,
  root: string,
): object[] {
  const { rule, key, status, level, resource, message, fix, place, waiver } = finding;
  if (status === Status.Pass || status === Status.NotApplicable) return [];
  const where = place ? ` (${place.file}${place.line === null ? "" : `:${place.line}`})` : "";
  const judged =
    status === Status.Unknown ? { kind: "open", level: "none" } : { kind: "fail", level: resultLevel(level) };
  return [
    {
      ruleId: rule,
      ruleIndex: ruleIndex.get(rule) ?? -1,
      ...judged,
      message: { text: `${resourceLabel(resource)}: ${message}${where}. ${fix}`.trim() },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: sarifUri(location.path, root) },
            region: { startLine: location.line, startColumn: 1, endLine: location.line, endColumn: 1 },
          },
          ...(resource !== null && { logicalLocations: [{ fullyQualifiedName: resource, kind: "resource" }] }),
        },
      ],
      partialFingerprints: { primaryLocationLineHash: fingerprint(rule, resource, key) },
      ...(waiver && {
        suppressions: [{ kind: "external", status: "accepted", justification: justification(waiver) }],
      }),
    },
  ];
}

function justification({ reason, owner, expires }: NonNullable<JudgedFinding["waiver"]>): string {
  return `${reason} (${owner}, until ${expires})`;
}

/**
 * What GitHub knows a finding by from one run to the next. Made of rule, resource and key: lines of a rendered file move
 * with every change. The number behind the colon tells equal ones apart, and there are none.
 */
function fingerprint(rule: string, resource: string | null, key: string): string {
  const digest = createHash("sha256")
    .update(JSON.stringify([rule, resource, key]))
    .digest("hex");
  return `${digest.slice(0, 16)}:1`;
}
