import { readFileSync } from "node:fs";
import { attachInside } from "./inside";
import { runningContainer } from "./machine";
import { assertSupported } from "./supported";
import { machineVerbs } from "./verbs";

// The local machines' program: a verb, a spec as JSON on standard input or in LANDFALL_SPEC, progress on standard
// error, the result as JSON on standard output. A second call with the same spec changes nothing.

const verbs = machineVerbs((line) => process.stderr.write(`${line}\n`));

// These only look at folders, so they need neither root nor a computer that can run machines.
const harmless = ["stacks", "layer-find"];

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});

async function main(): Promise<void> {
  const [verb = "", ...rest] = process.argv.slice(2);
  if (verb === "machine-exec") {
    process.exitCode = await execute(rest);
    return;
  }
  const act = Object.hasOwn(verbs, verb) ? verbs[verb] : undefined;
  if (!act)
    throw new Error(
      `${JSON.stringify(verb)} is not a verb; there are: ${[...Object.keys(verbs), "machine-exec"].sort().join(", ")}`,
    );
  const spec = readSpec(verb);
  if (!harmless.includes(verb)) assertCanAct();
  const result = await act(spec as never);
  if (result !== undefined) process.stdout.write(`${JSON.stringify(result)}\n`);
}

/** `machine-exec <id> <name> [--] <command>...`: standard input belongs to the command. */
async function execute(args: readonly string[]): Promise<number> {
  const [id, name, ...rest] = args;
  const argv = rest[0] === "--" ? rest.slice(1) : rest;
  if (!id || !name || argv.length === 0) throw new Error("use: machine-exec <id> <name> -- <command>...");
  assertCanAct();
  return await attachInside(runningContainer(id, name).init.pid, argv);
}

function assertCanAct(): void {
  assertSupported();
  if (process.getuid?.() !== 0) throw new Error("local machines need root; run this with sudo");
}

function readSpec(verb: string): unknown {
  const text = process.env.LANDFALL_SPEC ?? readFileSync(0, "utf8");
  try {
    return JSON.parse(text || "{}");
  } catch (error) {
    throw new Error(
      `${verb}: the spec is not JSON (${(error as Error).message}); give it on standard input or in LANDFALL_SPEC`,
    );
  }
}
