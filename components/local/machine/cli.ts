import { readFileSync } from "node:fs";
import { forwardDown, forwardUp, type Forward } from "./forwarder";
import { ensureImage } from "./image";
import { attachInside } from "./inside";
import { cachedLayer, harvestLayer } from "./layer";
import { listMachines, machineDown, machineStop, machineUp, runningContainer } from "./machine";
import { networkDown, networkUp } from "./network";
import type { MachineSpec } from "./spec";
import { knownStacks, sweep } from "./sweep";
import { assertSupported } from "./supported";

// The local machines' program: a verb, a spec as JSON on standard input or in LANDFALL_SPEC, progress on standard
// error, the result as JSON on standard output. A second call with the same spec changes nothing.

interface Named {
  id: string;
  name: string;
}

const report = (line: string): boolean => process.stderr.write(`${line}\n`);

const verbs: Readonly<Record<string, (spec: never) => unknown>> = {
  "network-up": (spec: { id: string }) => networkUp(spec.id),
  "network-down": (spec: { id: string }) => networkDown(spec.id),
  "machine-up": (spec: MachineSpec) => machineUp(spec, report),
  "machine-stop": (spec: Named & { kill?: boolean }) => machineStop(spec.id, spec.name, { kill: spec.kill ?? false }),
  "machine-down": (spec: Named) => machineDown(spec.id, spec.name),
  "forward-up": (spec: { id: string; forwards: Forward[] }) => forwardUp(spec.id, spec.forwards),
  "forward-down": (spec: { id: string }) => forwardDown(spec.id),
  "layer-harvest": (spec: Named & { path: string; key: string }) => harvestLayer(spec, spec.path, spec.key),
  "layer-find": (spec: { key: string }) => cachedLayer(spec.key) ?? null,
  list: (spec: { id: string }) => listMachines(spec.id),
  stacks: () => knownStacks(),
  sweep: (spec: { id: string }) => sweep(spec.id),
  image: (spec: { debian: number; packages?: string[] }) => ensureImage({ ...spec, report }),
};

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
