import { type ChildProcess, spawn } from "node:child_process";

import { LineStream } from "./line-stream";

/** A program to run on this machine. */
export interface ProcessRequest {
  readonly program: string;
  readonly args: readonly string[];
  readonly directory: string;
  readonly environment: NodeJS.ProcessEnv;
  /** What the program reads. @default nothing */
  readonly input?: string;
  readonly signal: AbortSignal;
  /** Gets each line of output as it comes. */
  readonly onLine: (stream: "stdout" | "stderr", line: string) => void;
}

/** How a program ended. */
export interface ProcessResult {
  readonly stdout: string;
  readonly stderr: string;
  /** Why it counts as failed, e.g. `exit status 3`; undefined when it ended with status 0. */
  readonly failure?: string;
}

/** Time between asking a program to end and ending it. */
const graceMs = 3000;

/**
 * Runs a program in a process group of its own, so that stopping it also stops what it started, and nothing else.
 * Ends when the program has ended and nothing holds its output any more.
 */
export function runProcess(request: ProcessRequest): Promise<ProcessResult> {
  return new Promise((resolve, reject) => {
    if (request.signal.aborted) return reject(request.signal.reason as Error);
    let child: ChildProcess;
    try {
      child = spawn(request.program, request.args, {
        cwd: request.directory,
        env: request.environment,
        detached: process.platform !== "win32",
        stdio: [request.input ? "pipe" : "ignore", "pipe", "pipe"],
      });
    } catch (error) {
      // Some reasons are thrown, e.g. E2BIG, others arrive as an event.
      return reject(new Error(startFailure(request, error as NodeJS.ErrnoException)));
    }
    const stdout = collect(child.stdout, (line) => request.onLine("stdout", line));
    const stderr = collect(child.stderr, (line) => request.onLine("stderr", line));
    // A program that does not read all of its input closes the pipe; that is its own business.
    child.stdin?.on("error", () => {});
    child.stdin?.end(request.input);

    let kill: NodeJS.Timeout | undefined;
    const stop = (): void => {
      signalGroup(child, "SIGTERM");
      kill = setTimeout(() => signalGroup(child, "SIGKILL"), graceMs);
    };
    request.signal.addEventListener("abort", stop, { once: true });
    const finished = (): void => {
      clearTimeout(kill);
      request.signal.removeEventListener("abort", stop);
    };
    child.on("error", (error: NodeJS.ErrnoException) => {
      finished();
      reject(new Error(startFailure(request, error)));
    });
    child.on("close", (code, signal) => {
      finished();
      const failure = request.signal.aborted
        ? (request.signal.reason as Error).message
        : signal
          ? `ended by ${signal}`
          : code === 0
            ? undefined
            : `exit status ${code}`;
      resolve({ stdout: stdout(), stderr: stderr(), failure });
    });
  });
}

function collect(stream: NodeJS.ReadableStream | null, onLine: (line: string) => void): () => string {
  const chunks: Buffer[] = [];
  const lines = new LineStream(onLine);
  stream?.on("data", (chunk: Buffer) => {
    chunks.push(chunk);
    lines.write(chunk);
  });
  stream?.on("end", () => lines.end());
  return () => Buffer.concat(chunks).toString("utf8");
}

/** The group, not only the program: a shell does not pass signals on to what it runs. */
function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === "win32") child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

function startFailure(request: ProcessRequest, error: NodeJS.ErrnoException): string {
  switch (error.code) {
    case "ENOENT":
      return `${request.program} was not found on PATH, or the directory ${request.directory} does not exist`;
    case "E2BIG":
      return (
        `${request.program} was not started: its environment or arguments are longer than the system allows (128 KiB each); ` +
        "when this is the output of the run before, set addPreviousOutputInEnv to false"
      );
    default:
      return `${request.program} was not started: ${error.message}`;
  }
}
