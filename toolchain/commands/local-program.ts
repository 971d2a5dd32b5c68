import { attempt, CommandError, type Report } from "../../components/local/machine/command";
import { ensurePrerequisites } from "../../components/local/machine/prerequisites";
import { machineCommand } from "../../components/local/machine/program";
import { assertSupported } from "../../components/local/machine/supported";
import { becomeRootCapable } from "./privilege";
import { projectRoot } from "./project";
import { progress } from "./terminal/progress";

/** A machine on this computer, as the local program sees it. */
export interface SeenMachine {
  name: string;
  address: string;
  /** `running`, `stopped` or `half-made`; `missing` when only the stack knows of it. */
  state: string;
}

/** Makes this computer one that can run local machines, or says why it cannot. */
export async function ensureHost(): Promise<void> {
  assertSupported();
  await becomeRootCapable();
  await ensurePrerequisites(progress("packages"));
}

/** Makes the root file system that local machines start from, unless it is there. */
export async function ensureImages(): Promise<void> {
  await localVerb("image", { debian: 12 }, progress("guest image"));
}

/** The machines of a stack, in whatever state they are. */
export async function listMachines(id: string): Promise<SeenMachine[]> {
  // Only a system that can run machines can have some.
  return process.platform === "linux" ? localVerb<SeenMachine[]>("list", { id }) : [];
}

/** Removes every trace of a stack from this computer. */
export async function sweepMachines(id: string): Promise<void> {
  if (process.platform === "linux") await localVerb("sweep", { id });
}

/** The command line that runs a program in a machine. */
export function insideMachine(id: string, name: string, words: readonly string[]): [string, ...string[]] {
  return [...machineCommand("machine-exec"), id, name, "--", ...words] as [string, ...string[]];
}

/** Runs a verb for local machines as root, in a process of its own only where sudo has to start it, and gives its answer. */
async function localVerb<T>(verb: string, spec: object, report: Report = () => undefined): Promise<T> {
  return process.getuid?.() === 0 ? hereVerb<T>(verb, spec, report) : sudoVerb<T>(verb, spec, report);
}

async function hereVerb<T>(verb: string, spec: object, report: Report): Promise<T> {
  const { machineVerbs } = await import("../../components/local/machine/verbs");
  return (await machineVerbs(report)[verb]?.(spec as never)) as T;
}

async function sudoVerb<T>(verb: string, spec: object, report: Report): Promise<T> {
  const outcome = await attempt(machineCommand(verb), {
    cwd: projectRoot,
    stdin: JSON.stringify(spec),
    // The answer is the one line of JSON.
    onLine: (line) => {
      if (line && !/^[{[]|^null$/.test(line)) report(line);
    },
  });
  if (outcome.code !== 0) throw new CommandError(["local machines:", verb], outcome);
  return JSON.parse(outcome.stdout || "null") as T;
}
