import { Level, Severity, Status } from "../finding";
import { Report } from "../report/report";
import { compareSeverity } from "../report/severity";

/** What `landfall check` ends with. */
export const ExitStatus = {
  Clean: 0,
  /** It could not check: the command line, a file or the settings are wrong. */
  Error: 1,
  /** Something fails. */
  Findings: 2,
  /** Nothing fails, but not all is known, and that was asked for. */
  NotKnown: 3,
} as const;
export type ExitStatus = (typeof ExitStatus)[keyof typeof ExitStatus];

/**
 * The exit status after a check. Warnings never fail it; waivers that have expired or that nothing needs always do.
 *
 * @param failOn the least severity that fails
 * @param strict whether what is not known fails
 */
export function exitStatus(
  report: Pick<Report, "subjects" | "waivers">,
  failOn: Severity,
  strict: boolean,
): ExitStatus {
  const findings = report.subjects.flatMap((subject) => subject.findings);
  const failing = findings.some(
    ({ status, level, severity }) =>
      status === Status.Fail && level !== Level.Advisory && compareSeverity(severity, failOn) >= 0,
  );
  if (failing || report.waivers.length > 0) return ExitStatus.Findings;
  return strict && findings.some(({ status }) => status === Status.Unknown) ? ExitStatus.NotKnown : ExitStatus.Clean;
}
