import { parseArgs } from "node:util";
import { suggestion } from "../../components/app/nearest";
import { Severity } from "../finding";
import { ReportFormat } from "../report/format";

/** What is asked of `landfall check`. */
export interface CheckOptions {
  /** Files and folders to check. */
  readonly paths: readonly string[];
  readonly format: ReportFormat;
  /** File that the report is written to; undefined for the standard output. */
  readonly output: string | undefined;
  readonly failOn: Severity;
  readonly strict: boolean;
  /** YAML file of waivers. */
  readonly waivers: string | undefined;
  /** YAML or JSON file of settings. */
  readonly settings: string | undefined;
}

/** The command line is wrong; the message says how. */
export class UsageError extends Error {}

const options = {
  format: { type: "string", default: ReportFormat.Terminal },
  output: { type: "string" },
  "fail-on": { type: "string", default: Severity.Low },
  strict: { type: "boolean", default: false },
  waivers: { type: "string" },
  settings: { type: "string" },
} as const;

/** How `landfall check` is called. */
export const usage = `landfall check FILE...

Checks deployments against the deployment checklist. A FILE is
  the output of   pulumi preview --json --show-sames
  the output of   pulumi stack export
  a user-data file, a host plan, a folder with nginx's configuration

  --format FORMAT     ${Object.values(ReportFormat).join(", ")} (default: ${ReportFormat.Terminal})
  --output FILE       write the report there, and what is to be done to the terminal
  --fail-on SEVERITY  the least severity that fails: ${Object.values(Severity).join(", ")} (default: ${Severity.Low})
  --strict            what cannot be decided fails, too
  --waivers FILE      findings that may stay, for a while
  --settings FILE     levels of rules, what is declared about hosts, what people have decided

Exit status: 0 nothing fails, 1 it could not be checked, 2 something fails, 3 not all is known (--strict)
`;

/**
 * Reads the command line behind `landfall check`.
 *
 * @throws {UsageError} when it is wrong
 */
export function parseCheckOptions(argv: readonly string[]): CheckOptions {
  const { values, positionals } = parsed(argv);
  if (positionals.length === 0) throw new UsageError("there is nothing to check: name a file or a folder");
  return {
    paths: positionals,
    format: choice("--format", values.format, Object.values(ReportFormat)),
    output: values.output,
    failOn: choice("--fail-on", values["fail-on"], Object.values(Severity)),
    strict: values.strict,
    waivers: values.waivers,
    settings: values.settings,
  };
}

function parsed(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true });
  } catch (error) {
    // Node.js goes on with advice on arguments that begin with a hyphen, which says less than the usage does.
    throw new UsageError(error instanceof Error ? error.message.split(". ")[0]! : String(error));
  }
}

function choice<T extends string>(option: string, given: string, choices: readonly T[]): T {
  const found = choices.find((candidate) => candidate === given);
  if (found === undefined) throw new UsageError(`${option} cannot be "${given}"; ${suggestion(given, choices)}`);
  return found;
}
