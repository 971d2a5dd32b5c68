import { spawn } from "node:child_process";

/** Where a step says what it does, one line at a time. */
export type Report = (line: string) => void;

/** How a program is run. */
export interface RunOptions {
  /** Text for the program's standard input. @default nothing */
  stdin?: string;
  /** Environment. @default this process's own */
  env?: NodeJS.ProcessEnv;
  /** Working folder. @default this process's own */
  cwd?: string;
  /** Seconds until the program is killed. @default no limit */
  timeoutSeconds?: number;
  /** Gets each line of output as it comes. @default nobody */
  onLine?: (line: string) => void;
  /** Gets the program's process number once it runs. @default nobody */
  onStart?: (pid: number) => void;
}

/** What a program left behind. */
export interface Outcome {
  /** Exit status; 128 plus the signal's number is not used: a signal gives null. */
  code: number | null;
  stdout: string;
  stderr: string;
}

/** A program that did not end well. The message carries the end of its output, without credentials. */
export class CommandError extends Error {
  constructor(
    readonly argv: readonly string[],
    readonly outcome: Outcome,
    reason?: string,
  ) {
    const said = redact(`${outcome.stderr}\n${outcome.stdout}`.trim()).split("\n").slice(-15).join("\n  ");
    const how = reason ?? (outcome.code === null ? "was killed" : `ended with status ${outcome.code}`);
    super(`${redact(argv.slice(0, 4).join(" "))} ${how}${said ? `:\n  ${said}` : ""}`);
  }
}

/** Hides user names and passwords inside URLs. */
export function redact(text: string): string {
  return text.replace(/(:\/\/)[^/\s@"']+@/g, "$1***@");
}

/** Runs a program to its end, whatever that is. Fails only when it cannot be started or takes too long. */
export async function attempt(argv: readonly string[], options: RunOptions = {}): Promise<Outcome> {
  const [file, ...args] = argv;
  if (file === undefined) throw new Error("no program was named");
  const child = spawn(file, args, { cwd: options.cwd, env: options.env, stdio: ["pipe", "pipe", "pipe"] });
  const outcome: Outcome = { code: null, stdout: "", stderr: "" };
  const collect = (stream: "stdout" | "stderr"): void => {
    let rest = "";
    child[stream].setEncoding("utf8").on("data", (chunk: string) => {
      outcome[stream] += chunk;
      if (!options.onLine) return;
      const lines = (rest + chunk).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) options.onLine(line);
    });
  };
  collect("stdout");
  collect("stderr");
  child.stdin.on("error", () => undefined); // a program may end without reading what it is given
  child.stdin.end(options.stdin ?? "");
  return await new Promise<Outcome>((resolve, reject) => {
    let late = false;
    if (child.pid !== undefined) options.onStart?.(child.pid);
    const timer =
      options.timeoutSeconds === undefined
        ? undefined
        : setTimeout(() => {
            late = true;
            child.kill("SIGKILL");
          }, options.timeoutSeconds * 1000);
    child.on("error", (error) => {
      clearTimeout(timer);
      reject(new Error(`${file} cannot be started: ${error.message}`));
    });
    child.on("close", (code) => {
      clearTimeout(timer);
      outcome.code = code;
      if (late) reject(new CommandError(argv, outcome, `did not end within ${options.timeoutSeconds} s`));
      else resolve(outcome);
    });
  });
}

/** Runs a program that has to end well, and returns what it wrote to standard output. */
export async function run(argv: readonly string[], options: RunOptions = {}): Promise<string> {
  const outcome = await attempt(argv, options);
  if (outcome.code !== 0) throw new CommandError(argv, outcome);
  return outcome.stdout;
}
