import { parseArgs } from "node:util";

/** An option of a command, `--name` or `--name VALUE`. */
export interface Option {
  /** What it does, for the list of choices. */
  describe: string;
  /** Name of its value in the list of choices, e.g. `NAME`. @default it is a switch */
  value?: string;
  /** The values it may have. @default any */
  choices?: readonly string[];
}

/** What was asked for on the command line. */
export interface Parsed {
  /** Values of the options that were given. */
  values: Record<string, string | undefined>;
  /** Switches that were given. */
  switches: ReadonlySet<string>;
  /** What is no option. */
  positionals: string[];
}

/** The command line is wrong; the message names the choices. */
export class UsageError extends Error {}

/**
 * Reads a command line. Unknown options and values end in a `UsageError` that lists what there is.
 *
 * @param positional name of the words that are no options @default the command takes none
 */
export function parseOptions(
  command: string,
  options: Record<string, Option>,
  argv: readonly string[],
  positional?: string,
): Parsed {
  const tokens = parseArgs({
    args: [...argv],
    options: Object.fromEntries(
      Object.entries(options).map(([name, option]) => [name, { type: option.value ? "string" : "boolean" } as const]),
    ),
    strict: false,
    tokens: true,
  }).tokens;

  const parsed = {
    values: {} as Record<string, string | undefined>,
    switches: new Set<string>(),
    positionals: [] as string[],
  };
  for (const token of tokens) {
    if (token.kind !== "option") {
      // What follows the first word belongs to that word, so that `shell web ls --all` and `shell web -- ls` work.
      const [first, ...rest] = argv.slice(token.kind === "positional" ? token.index : token.index + 1);
      if (first !== undefined && !positional) throw usage(command, options, `takes no '${first}'`);
      if (first !== undefined) parsed.positionals.push(first, ...(rest[0] === "--" ? rest.slice(1) : rest));
      return parsed;
    }
    const option = Object.hasOwn(options, token.name) ? options[token.name] : undefined;
    if (!option || !token.rawName.startsWith("--")) throw usage(command, options, `has no option '${token.rawName}'`);
    if (!option.value) {
      if (token.value !== undefined) throw usage(command, options, `takes no value for '${token.rawName}'`);
      parsed.switches.add(token.name);
      continue;
    }
    if (token.value === undefined) throw usage(command, options, `needs a value for '${token.rawName}'`);
    if (option.choices && !option.choices.includes(token.value)) {
      throw usage(
        command,
        options,
        `does not know ${option.value} '${token.value}'; choose one of: ${option.choices.join(", ")}`,
      );
    }
    parsed.values[token.name] = token.value;
  }
  return parsed;
}

function usage(command: string, options: Record<string, Option>, problem: string): UsageError {
  const lines = Object.entries(options).map(([name, option]) => {
    const values = option.choices ? ` (${option.choices.join(", ")})` : "";
    return `  ${`--${name}${option.value ? ` ${option.value}` : ""}`.padEnd(20)}${option.describe}${values}`;
  });
  return new UsageError([`'${command}' ${problem}`, ...(lines.length > 0 ? ["Options:", ...lines] : [])].join("\n"));
}
