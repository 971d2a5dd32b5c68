import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join, relative } from "node:path";
import { readJson } from "../../components/local/machine/folders";

/** Folder of the file backend of a checkout, as Pulumi lays it out. */
const backend = (checkoutFolder: string): string => join(checkoutFolder, "state", ".pulumi");

/** A stack's state as Pulumi's file backend keeps it, as far as it is read here. */
interface State {
  version?: number;
  checkpoint?: { latest?: { resources?: { type?: string; outputs?: Record<string, unknown> }[] | null } | null };
}

/** The version of that format that is read here. */
const readableVersion = 3;

const stateFile = (checkoutFolder: string, project: string, stack: string): string =>
  join(backend(checkoutFolder), "stacks", project, `${stack}.json`);

/** Whether a stack exists in a checkout's own backend. */
export function hasState(checkoutFolder: string, project: string, stack: string): boolean {
  const file = stateFile(checkoutFolder, project, stack);
  return existsSync(file) || existsSync(`${file}.gz`);
}

/** A stack's outputs, a secret one as an object that tells nothing; undefined when its state cannot be read here. */
export function recordedOutputs(
  checkoutFolder: string,
  project: string,
  stack: string,
): Record<string, unknown> | undefined {
  const state = readJson<State>(stateFile(checkoutFolder, project, stack));
  if (state?.version !== readableVersion) return undefined;
  const resources = state.checkpoint?.latest?.resources ?? [];
  return resources.find(({ type }) => type === "pulumi:pulumi:Stack")?.outputs ?? {};
}

/** Files of a checkout's own backend that belong to a stack: its state, its history, its backups, its locks. */
export function stateTraces(checkoutFolder: string, stack: string): string[] {
  const folder = backend(checkoutFolder);
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) =>
      relative(folder, file)
        .split("/")
        .some((part) => part === stack || part.startsWith(`${stack}.`)),
    );
}

/** Files of the locks on a stack. An update that was killed leaves its lock behind. */
export function lockFiles(checkoutFolder: string, stack: string): string[] {
  return stateTraces(checkoutFolder, stack).filter((file) =>
    relative(backend(checkoutFolder), file).startsWith("locks/"),
  );
}

/** The process that holds a stack's lock, when it is alive on this computer. */
export function holderOfLock(checkoutFolder: string, stack: string): number | undefined {
  for (const file of lockFiles(checkoutFolder, stack)) {
    const lock = readJson<{ pid?: number; hostname?: string }>(file);
    if (lock?.pid !== undefined && lock.hostname === hostname() && isPulumi(lock.pid)) return lock.pid;
  }
  return undefined;
}

function isPulumi(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/comm`, "utf8").trim() === "pulumi";
  } catch {
    return false; // no such process, or no /proc: the lock is nobody's
  }
}

/**
 * Removes what is left of a stack in this checkout: the files of its state, and in its configuration file the salt that
 * Pulumi put there, unless a secret in the file still needs it. Gives what was removed.
 */
export function forgetStack(checkoutFolder: string, stack: string, configFile: string): string[] {
  const traces = stateTraces(checkoutFolder, stack);
  for (const file of traces) rmSync(file, { force: true });
  const others = stateFiles(checkoutFolder);
  if (others.length === 0) rmSync(join(checkoutFolder, "state"), { recursive: true, force: true });
  const text = existsSync(configFile) ? readFileSync(configFile, "utf8") : "";
  if (/^encryptionsalt:/m.test(text) && !/^\s+secure:/m.test(text)) {
    const rest = text.replace(/^encryptionsalt:.*\n?/m, "");
    if (/[^\s{}]/.test(rest)) writeFileSync(configFile, rest);
    else rmSync(configFile);
  }
  return traces.length > 0 ? [`state of stack ${stack} (${traces.length} files)`] : [];
}

/** State files of any stack. */
function stateFiles(checkoutFolder: string): string[] {
  const stacks = join(backend(checkoutFolder), "stacks");
  if (!existsSync(stacks)) return [];
  return readdirSync(stacks, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name);
}
