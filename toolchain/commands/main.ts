import type { Command } from "./command";
import { parseOptions, UsageError } from "./options";
import { table } from "./terminal/table";

/** Exit status of a wrong command line, as of most programs. */
const usageStatus = 2;

// Loaded when asked for: `status` need not wait for what `test` is made of.
const commands: Record<string, () => Promise<Command>> = {
  up: async () => (await import("./up")).up,
  down: async () => (await import("./down")).down,
  status: async () => (await import("./status")).status,
  shell: async () => (await import("./shell")).shell,
  preview: async () => (await import("./preview")).preview,
  env: async () => (await import("./env")).env,
  test: async () => (await import("./test")).test,
  check: async () => (await import("./check")).check,
  bench: async () => (await import("./bench")).bench,
  reference: async () => (await import("./reference")).reference,
  prepack: async () => (await import("./prepack")).prepack,
};

/** Runs a command of the project, e.g. `["status", "--json"]`. Gives the exit status. */
export async function main(argv: readonly string[]): Promise<number> {
  const [name = "help", ...rest] = argv;
  try {
    const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (!load) return await help(name);
    const command = await load();
    return await command.run(parseOptions(name, command.options, rest, command.positional));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return error instanceof UsageError ? usageStatus : 1;
  }
}

async function help(name: string): Promise<number> {
  const rows = await Promise.all(
    Object.entries(commands).map(async ([command, load]) => [`npm run ${command}`, (await load()).summary]),
  );
  const asked = ["help", "--help", "-h"].includes(name);
  const lines = [asked ? "Landfall's commands:" : `There is no command '${name}'; there are:`, ...table([], rows)];
  (asked ? process.stdout : process.stderr).write(`${lines.join("\n")}\n`);
  return asked ? 0 : usageStatus;
}
