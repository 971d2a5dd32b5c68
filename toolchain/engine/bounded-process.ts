import { spawn } from "node:child_process";

/** How a program ended that was given only so much time. */
export interface Outcome {
  /** Whether it ended by itself with exit code 0. */
  readonly ok: boolean;
  /** What it printed on standard output, without white space at both ends. */
  readonly stdout: string;
  /** The last line it printed on either stream, or why it did not run or end: what a one-line report can show. */
  readonly reason: string;
  /** The last lines it printed on both streams, as they came. */
  readonly tail: string;
}

/** Settings of {@link runBounded}. */
export interface BoundedOptions {
  /** Time until the program and all that it started is killed. */
  readonly seconds: number;
  /** Time to print a second line; a program that only says what it tries to reach is given no more. @default as `seconds` */
  readonly firstReplySeconds?: number;
  /** @default this process's environment */
  readonly env?: NodeJS.ProcessEnv;
  /** @default this process's working directory */
  readonly cwd?: string;
}

const tailLines = 20;
const groups = new Set<number>();

/** Runs a program in a process group of its own, without standard input, for a limited time. Never throws. */
export function runBounded(command: string, args: readonly string[], options: BoundedOptions): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
    });
    const seen: string[] = [];
    const printed: string[] = [];
    let late = 0;
    const kill = (seconds: number): void => {
      late = seconds;
      killGroup(child.pid);
    };
    const end = setTimeout(() => kill(options.seconds), options.seconds * 1000);
    const first = options.firstReplySeconds ?? options.seconds;
    const reply = setTimeout(() => linesOf(seen).length < 2 && kill(first), first * 1000);

    child.stdout.on("data", (data: Buffer) => printed.push(data.toString()) && seen.push(data.toString()));
    child.stderr.on("data", (data: Buffer) => seen.push(data.toString()));
    if (child.pid !== undefined) {
      guard(child.pid);
    }
    const finish = (ok: boolean, problem: string | undefined): void => {
      clearTimeout(end);
      clearTimeout(reply);
      unguard(child.pid);
      const lines = linesOf(seen);
      const reason = problem ?? lines.at(-1) ?? "";
      resolve({ ok, stdout: printed.join("").trim(), reason, tail: lines.slice(-tailLines).join("\n") });
    };
    child.once("error", (error) => finish(false, error.message));
    child.once("close", (code, signal) => {
      const last = linesOf(seen).at(-1);
      const ending = late > 0 ? `no answer within ${late} s` : (signal ?? `exit code ${code}`);
      finish(
        code === 0 && late === 0,
        code === 0 && late === 0 ? undefined : [ending, last].filter(Boolean).join(": "),
      );
    });
  });
}

function linesOf(texts: readonly string[]): string[] {
  return texts
    .join("")
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) {
    return;
  }
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // Ended meanwhile.
  }
}

/** A program in a group of its own does not get the terminal's interrupt: it is ended with us, however we end. */
function guard(pid: number): void {
  if (groups.size === 0) {
    process.on("exit", killAll);
    process.on("SIGINT", endBySignal);
    process.on("SIGTERM", endBySignal);
  }
  groups.add(pid);
}

function unguard(pid: number | undefined): void {
  if (pid !== undefined && groups.delete(pid) && groups.size === 0) {
    process.off("exit", killAll);
    process.off("SIGINT", endBySignal);
    process.off("SIGTERM", endBySignal);
  }
}

function killAll(): void {
  groups.forEach(killGroup);
}

function endBySignal(signal: NodeJS.Signals): void {
  killAll();
  process.off(signal, endBySignal);
  if (process.listenerCount(signal) === 0) {
    // Nobody else wants to handle it: end as if we had not listened.
    process.kill(process.pid, signal);
  }
}
