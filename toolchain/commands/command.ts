import type { Option, Parsed } from "./options";

/** A command of the project, e.g. `up`. */
export interface Command {
  /** What it does, in a line. */
  summary: string;
  /** Its options. */
  options: Record<string, Option>;
  /** Name of the words it takes. @default it takes none */
  positional?: string;
  /** Does it. Gives the exit status; an error that is thrown is printed as the last line. */
  run(parsed: Parsed): Promise<number>;
}
