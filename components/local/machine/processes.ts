import { readFileSync, readdirSync, readlinkSync } from "node:fs";

/** A process of this computer, with the time it was started: a number that is used again does not fool us. */
export interface ProcessIdentity {
  pid: number;
  /** Clock ticks since boot, field 22 of `/proc/<pid>/stat`. */
  startTime: string;
}

/** Who has a process number now; undefined when nobody has, or only a zombie. */
export function identify(pid: number): ProcessIdentity | undefined {
  const stat = read(`/proc/${pid}/stat`);
  if (stat === undefined) return undefined;
  // The second field is the program's name in brackets and may hold spaces and brackets itself.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const [state, startTime] = [fields[0], fields[19]];
  return startTime === undefined || state === "Z" || state === "X" ? undefined : { pid, startTime };
}

/** Whether a process that was seen before is still there. */
export function isAlive(process: ProcessIdentity): boolean {
  return identify(process.pid)?.startTime === process.startTime;
}

/** Sends a signal to a process that was seen before, and to nobody else. */
export function signal(target: ProcessIdentity, name: NodeJS.Signals | number): void {
  if (!isAlive(target)) return;
  try {
    process.kill(target.pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/** Whether a process is stopped, as by Ctrl-Z. */
export function isStopped(pid: number): boolean {
  return /^State:\s+T/m.test(read(`/proc/${pid}/status`) ?? "");
}

/** Waits until a process has ended. Returns false when it has not after `seconds`. */
export async function waitForEnd(target: ProcessIdentity, seconds: number): Promise<boolean> {
  const deadline = Date.now() + seconds * 1000;
  while (isAlive(target)) {
    if (Date.now() > deadline) return false;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return true;
}

/** Processes of a program by their arguments. Those inside machines are passed over: they have process numbers of their own. */
export function findProcesses(matches: (argv: readonly string[]) => boolean): ProcessIdentity[] {
  const own = link("/proc/self/ns/pid");
  return readdirSync("/proc")
    .filter((entry) => /^\d+$/.test(entry))
    .flatMap((entry) => {
      const argv = read(`/proc/${entry}/cmdline`)?.split("\0").slice(0, -1) ?? [];
      if (!matches(argv) || link(`/proc/${entry}/ns/pid`) !== own) return [];
      return identify(Number(entry)) ?? [];
    });
}

/** Children of a process. */
export function childrenOf(pid: number): number[] {
  return (read(`/proc/${pid}/task/${pid}/children`) ?? "").split(" ").filter(Boolean).map(Number);
}

/** The process's number in its own namespace: 1 for a machine's init. */
export function innerPid(pid: number): number | undefined {
  const numbers = /^NSpid:\s+(.*)$/m.exec(read(`/proc/${pid}/status`) ?? "")?.[1]?.split(/\s+/);
  return numbers && numbers.length > 1 ? Number(numbers.at(-1)) : undefined;
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined; // it has ended
  }
}

function link(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}
