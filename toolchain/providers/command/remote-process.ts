import type { Client, ClientChannel } from "ssh2";

import { LineStream } from "./line-stream";
import type { ProcessResult } from "./local-process";

/** Time between asking a command to end and ending it, and then until the connection is given up. */
const graceMs = 2000;
const leaveMs = 1000;

/** A command to run on a server. */
export interface RemoteRequest {
  readonly command: string;
  /** Variables for the command; servers take those that their AcceptEnv names. */
  readonly environment: Readonly<Record<string, string>>;
  /** What the command reads. @default nothing */
  readonly input?: string;
  readonly signal: AbortSignal;
  /** Gets each line of output as it comes. */
  readonly onLine: (stream: "stdout" | "stderr", line: string) => void;
}

/** Runs a command over an open connection. Ends when its output has ended. */
export function runRemotely(client: Client, request: RemoteRequest): Promise<ProcessResult> {
  return new Promise((resolve, reject) => {
    if (request.signal.aborted) return reject(request.signal.reason as Error);
    client.exec(request.command, { env: request.environment }, (error, channel) => {
      if (error) return reject(new Error(`the server does not run the command: ${error.message}`));
      const stdout = collect(channel, (line) => request.onLine("stdout", line));
      const stderr = collect(channel.stderr, (line) => request.onLine("stderr", line));
      const timers: NodeJS.Timeout[] = [];
      const stop = (): void => {
        askToEnd(client, channel, "TERM");
        timers.push(setTimeout(() => askToEnd(client, channel, "KILL"), graceMs));
        // A server on which nothing of this works goes on with the command; all we can do is leave.
        timers.push(setTimeout(() => client.end(), graceMs + leaveMs));
      };
      request.signal.addEventListener("abort", stop, { once: true });
      let ended: { code: number | null; signal?: string } | undefined;
      channel.on("exit", (code: number | null, signal?: string) => (ended = { code, signal }));
      channel.on("close", () => {
        for (const timer of timers) clearTimeout(timer);
        request.signal.removeEventListener("abort", stop);
        const failure = request.signal.aborted ? (request.signal.reason as Error).message : failureOf(ended);
        resolve({ stdout: stdout(), stderr: stderr(), failure });
      });
      channel.on("error", () => {});
      channel.end(request.input ?? "");
    });
  });
}

/**
 * The variables that the server does not pass on to commands, of those given. A server says nothing about it by itself.
 * `undefined` when it cannot be found out, because the server has no program `env`.
 */
export async function refusedVariables(
  client: Client,
  environment: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<string[] | undefined> {
  const names = Object.keys(environment);
  if (names.length === 0) return [];
  const { stdout, failure } = await runRemotely(client, { command: "env", environment, signal, onLine: () => {} });
  if (failure !== undefined) return undefined;
  const passedOn = new Set(stdout.split("\n").map((line) => line.slice(0, Math.max(line.indexOf("="), 0))));
  return names.filter((name) => !passedOn.has(name));
}

function collect(stream: NodeJS.ReadableStream, onLine: (line: string) => void): () => string {
  const chunks: Buffer[] = [];
  const lines = new LineStream(onLine);
  stream.on("data", (chunk: Buffer) => {
    chunks.push(chunk);
    lines.write(chunk);
  });
  stream.on("end", () => lines.end());
  return () => Buffer.concat(chunks).toString("utf8");
}

/**
 * Ends what runs in a channel. OpenSSH passes signals on, but not to commands of root, and does not end commands whose
 * connection is gone. So the command is also looked for from within: what the same connection's server process has
 * started, each in a process group of its own, but for the shell that looks.
 */
function askToEnd(client: Client, channel: ClientChannel, signal: "TERM" | "KILL"): void {
  const others = 'for p in $(ps -o pid= --ppid "$PPID"); do [ "$p" = "$$" ] || kill -s';
  try {
    channel.signal(signal);
    client.exec(`${others} ${signal} -- "-$p"; done`, (error, looking) => {
      if (error) return;
      looking.on("error", () => {}).resume();
      looking.stderr.resume();
    });
  } catch {
    // The connection may have ended in the same moment.
  }
}

function failureOf(ended: { code: number | null; signal?: string } | undefined): string | undefined {
  if (!ended) return "the connection was lost";
  if (ended.signal) return `ended by SIG${ended.signal.replace(/^SIG/, "")}`;
  return ended.code === 0 ? undefined : `exit status ${ended.code}`;
}
