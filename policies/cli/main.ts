import { InputError } from "../input/input-error";
import { check } from "./check";
import { ExitStatus } from "./exit-status";
import { parseCheckOptions, usage, UsageError } from "./options";
import { version } from "./version";

/** Where the command writes to. */
export interface Streams {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}

const standardStreams: Streams = {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
};

/**
 * Runs the command `landfall`. Gives the exit status.
 *
 * @param argv its arguments, e.g. `["check", "preview.json"]`
 */
export function main(argv: readonly string[], { out, err }: Streams = standardStreams): ExitStatus {
  const [command, ...rest] = argv;
  if (command === "--version") {
    out(`${version()}\n`);
    return ExitStatus.Clean;
  }
  if (command === "--help" || rest.includes("--help")) {
    out(usage);
    return ExitStatus.Clean;
  }
  try {
    if (command !== "check") throw new UsageError(`there is no command "${command ?? ""}"; there is: check`);
    const today = new Date().toISOString().slice(0, 10);
    return check(parseCheckOptions(rest), { today, folder: process.cwd(), show: out });
  } catch (error) {
    if (error instanceof UsageError) err(`${error.message}\n\n${usage}`);
    else if (error instanceof InputError) err(`${error.message}\n`);
    else err(`landfall failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    return ExitStatus.Error;
  }
}
