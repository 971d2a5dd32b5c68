import { type ChildProcess, spawn, type StdioOptions } from "node:child_process";
import { createRequire } from "node:module";
import * as path from "node:path";

/** How a program ended: with a code, or by a signal. */
export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** Programs that run now; ended when the engine tells the host to stop. */
const running = new Set<ChildProcess>();

/** Starts a program and keeps it in mind until it ends. It stays in the host's process group, which the engine signals. */
export function start(
  command: string,
  args: readonly string[],
  options: { cwd: string; env: NodeJS.ProcessEnv; stdio: StdioOptions },
): { child: ChildProcess; ending: Promise<Ending> } {
  const child = spawn(command, args, options);
  running.add(child);
  const ending = new Promise<Ending>((resolve, reject) => {
    child.once("error", (error) => {
      running.delete(child);
      reject(error);
    });
    // `close` comes when the output is read to its end, too; `exit` would lose the last lines.
    child.once("close", (code, signal) => {
      running.delete(child);
      resolve({ code, signal });
    });
  });
  return { child, ending };
}

/** Asks every running program to end. */
export function stopAll(signal: NodeJS.Signals): void {
  for (const child of running) {
    child.kill(signal);
  }
}

/**
 * A runner of the `@pulumi/pulumi` that the program itself uses (`cmd/run` and the like): a runner of another copy would
 * not share its settings with the program.
 */
export function runnerOf(programDirectory: string, runner: string): string {
  try {
    return createRequire(path.join(programDirectory, "program.js")).resolve(`@pulumi/pulumi/${runner}`);
  } catch (error) {
    throw new Error(
      `${programDirectory}  has no package @pulumi/pulumi that can be loaded; install its packages (npm install) first`,
      { cause: error },
    );
  }
}
