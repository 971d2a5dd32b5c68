import { allFindings, countByStatus, Report } from "./report";

/** Version of the shape below; a change that breaks readers raises it. */
const format = 1;

/** The report as JSON, for programs. */
export function json(report: Report): string {
  const data = {
    format,
    tool: { name: "landfall", version: report.version },
    summary: countByStatus(allFindings(report)),
    checklist: report.items,
    subjects: report.subjects.map(({ path, kind, findings }) => ({ path, kind, findings })),
    waivers: report.waivers,
  };
  return `${JSON.stringify(data, null, 2)}\n`;
}
