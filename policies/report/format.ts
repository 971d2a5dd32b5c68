import { json } from "./json";
import { junit } from "./junit";
import { Report } from "./report";
import { sarif } from "./sarif";
import { terminal } from "./terminal";

/** The forms of a report. */
export const ReportFormat = { Terminal: "terminal", Json: "json", Sarif: "sarif", Junit: "junit" } as const;
export type ReportFormat = (typeof ReportFormat)[keyof typeof ReportFormat];

/**
 * The report as text.
 *
 * @param root folder that paths are given from
 */
export function formatReport(report: Report, format: ReportFormat, root: string): string {
  switch (format) {
    case ReportFormat.Terminal:
      return terminal(report);
    case ReportFormat.Json:
      return json(report);
    case ReportFormat.Sarif:
      return sarif(report, root);
    case ReportFormat.Junit:
      return junit(report);
  }
}
