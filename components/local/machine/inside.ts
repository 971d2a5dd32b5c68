import { spawn } from "node:child_process";
import { attempt, type Outcome } from "./command";
import { identify, isAlive, isStopped } from "./processes";

/** How a program is run inside a machine. */
export interface InsideOptions {
  /** Text for its standard input. @default nothing */
  stdin?: string;
  /** Seconds until it is ended. @default no limit */
  timeoutSeconds?: number;
}

// A clean environment, as a program has that systemd starts, and not the one of this computer's user.
const environment = [
  "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
  "HOME=/root",
  "USER=root",
  "LANG=C.UTF-8",
];

/**
 * The command that runs a program inside a machine, in all of its namespaces.
 *
 * @param init the machine's PID 1, as this computer numbers it
 */
export function enterCommand(init: number, argv: readonly string[], terminal = "dumb"): string[] {
  const spaces = ["--mount", "--uts", "--ipc", "--net", "--pid", "--cgroup", "--root", "--wd"];
  return [
    "nsenter",
    `--target=${init}`,
    ...spaces,
    "env",
    "--ignore-environment",
    ...environment,
    `TERM=${terminal}`,
    ...argv,
  ];
}

/** Runs a program inside a machine to its end. */
export async function runInside(init: number, argv: readonly string[], options: InsideOptions = {}): Promise<Outcome> {
  // The limit is kept inside: ending nsenter would leave the program behind.
  const limit = options.timeoutSeconds;
  const limited = limit === undefined ? argv : ["timeout", "--kill-after=2", String(limit), ...argv];
  let stopWatching = (): void => undefined;
  const onStart = (pid: number): void => {
    stopWatching = resumeWhenEnded(init, pid);
  };
  return await attempt(enterCommand(init, limited), { stdin: options.stdin, onStart }).finally(() => stopWatching());
}

/**
 * A machine that powers off stops all its processes before it ends them, and nsenter stops itself with the program that
 * it waits for. Nobody would let it go on after that.
 */
function resumeWhenEnded(init: number, nsenter: number): () => void {
  const machine = identify(init);
  const timer = setInterval(() => {
    if (isStopped(nsenter) && (!machine || !isAlive(machine))) process.kill(nsenter, "SIGCONT");
  }, 500);
  return () => clearInterval(timer);
}

/** Runs a program inside a machine with this process's own input and output, and returns its exit status. */
export async function attachInside(init: number, argv: readonly string[]): Promise<number> {
  const terminal = process.stdout.isTTY ? (process.env.TERM ?? "xterm") : "dumb";
  const [file, ...args] = enterCommand(init, argv, terminal) as [string, ...string[]];
  const child = spawn(file, args, { stdio: "inherit" });
  const stopWatching = child.pid === undefined ? () => undefined : resumeWhenEnded(init, child.pid);
  const forward = (name: NodeJS.Signals): boolean => child.kill(name);
  process.on("SIGTERM", forward);
  process.on("SIGINT", () => undefined); // the terminal has sent it to the program as well
  return await new Promise<number>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve(code ?? 1));
  }).finally(stopWatching);
}
