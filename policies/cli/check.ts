import { writeFileSync } from "node:fs";
import { checklist } from "../checklist/checklist";
import { evaluate } from "../evaluate";
import { InputError } from "../input/input-error";
import { formatReport, ReportFormat } from "../report/format";
import { itemResults } from "../report/items";
import { allFindings, Report, Subject } from "../report/report";
import { rules } from "../rules";
import { applyWaivers, findingsAboutWaivers } from "../waivers/apply";
import { waiverItem, waiverRules } from "../waivers/rules";
import { exitStatus, ExitStatus } from "./exit-status";
import { Given, readGiven } from "./given";
import { CheckOptions } from "./options";
import { version } from "./version";

/** What a check needs of its surroundings. */
export interface Surroundings {
  /** The day by UTC, e.g. `2027-03-31`. */
  readonly today: string;
  /** The current folder, from which paths in reports are given. */
  readonly folder: string;
  /** Shows text to whoever called. */
  readonly show: (text: string) => void;
}

/**
 * `landfall check`. The report is written before anything fails.
 *
 * @throws {InputError} when something cannot be read or written
 */
export function check(options: CheckOptions, { today, folder, show }: Surroundings): ExitStatus {
  const report = reportOn(readGiven(options), today);
  const text = formatReport(report, options.format, folder);
  if (options.output === undefined) {
    show(text);
  } else {
    write(options.output, text);
    show(formatReport(report, ReportFormat.Terminal, folder));
  }
  return exitStatus(report, options.failOn, options.strict);
}

function reportOn({ inputs, settings, waivers }: Given, today: string): Report {
  const found = inputs.map((input) => ({ ...input, findings: evaluate(input.graph, settings) }));
  const subjects = found.map(({ path, kind, isFolder, findings }): Subject => ({
    path,
    kind,
    isFolder,
    findings: applyWaivers(findings, waivers, today),
  }));
  const all = found.flatMap(({ findings }) => findings);
  const judged = { subjects, waivers: findingsAboutWaivers(all, waivers, today) };
  const items = [...checklist, ...(judged.waivers.length > 0 ? [waiverItem] : [])];
  return {
    ...judged,
    version: version(),
    rules: [...rules, ...Object.values(waiverRules)],
    items: itemResults(items, allFindings(judged), settings.attested),
  };
}

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new InputError(`${file}  cannot be written: ${error instanceof Error ? error.message : String(error)}`);
  }
}
