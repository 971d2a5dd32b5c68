import { Level, Status } from "../finding";
import { JudgedFinding } from "../waivers/apply";
import { Report, resourceLabel } from "./report";
import { element, renderXml, XmlElement } from "./xml";

/**
 * The report as JUnit's XML: a suite for each file that was checked, a case for each rule and resource. What is waived or
 * not known is skipped, with the reason; warnings, for which JUnit has no form, stand in the case's output.
 */
export function junit(report: Report): string {
  const suites = [
    ...report.subjects.map(({ path, findings }) => suite(path, findings)),
    ...(report.waivers.length > 0 ? [suite("waivers", report.waivers)] : []),
  ];
  const sum = (key: string): number => suites.reduce((total, { attributes }) => total + Number(attributes[key]), 0);
  const counts = { tests: sum("tests"), failures: sum("failures"), errors: 0, skipped: sum("skipped") };
  return renderXml(element("testsuites", { name: "landfall", ...counts }, ...suites));
}

function suite(name: string, findings: readonly JudgedFinding[]): XmlElement {
  const cases = casesOf(findings.filter(({ status }) => status !== Status.NotApplicable)).map(testCase);
  const count = (kind: string): number =>
    cases.filter(({ children }) => children.some((child) => typeof child === "object" && child.name === kind)).length;
  const counts = { tests: cases.length, failures: count("failure"), errors: 0, skipped: count("skipped") };
  return element("testsuite", { name, ...counts }, ...cases);
}

/** The findings about one rule and resource. */
function casesOf(findings: readonly JudgedFinding[]): JudgedFinding[][] {
  const cases = new Map<string, JudgedFinding[]>();
  for (const finding of findings) {
    const identity = JSON.stringify([finding.rule, finding.resource, finding.waiver === null ? "" : finding.key]);
    const others = cases.get(identity);
    if (others) others.push(finding);
    else cases.set(identity, [finding]);
  }
  return [...cases.values()];
}

function testCase(findings: readonly JudgedFinding[]): XmlElement {
  const { rule, key, resource, waiver } = findings[0]!;
  const name = waiver === null ? rule : key;
  return element("testcase", { name, classname: resourceLabel(resource) }, ...outcome(findings));
}

function outcome(findings: readonly JudgedFinding[]): XmlElement[] {
  const failed = findings.filter(({ status }) => status === Status.Fail);
  const stopping = failed.filter(({ level }) => level !== Level.Advisory);
  const warnings = failed.filter(({ level }) => level === Level.Advisory);
  const output = warnings.length > 0 ? [element("system-out", {}, `warning: ${texts(warnings)}`)] : [];
  if (stopping.length > 0) {
    const { severity } = stopping[0]!;
    const message = stopping.map((finding) => finding.message).join("; ");
    return [element("failure", { type: severity, message }, texts(stopping)), ...output];
  }
  const open = findings.find(({ status }) => status === Status.Unknown);
  if (open) return [element("skipped", { message: `not known: ${open.message}` }), ...output];
  const waiver = findings[0]!.waiver;
  if (waiver) {
    const message = `waived by ${waiver.owner} until ${waiver.expires}: ${waiver.reason}`;
    return [element("skipped", { message }), ...output];
  }
  return output;
}

function texts(findings: readonly JudgedFinding[]): string {
  return findings
    .map(({ key, message, place, fix }) => {
      const where = place ? `\n  at ${place.file}${place.line === null ? "" : `:${place.line}`}` : "";
      return `${key}\n  ${message}${where}\n  ${fix}`;
    })
    .join("\n");
}
