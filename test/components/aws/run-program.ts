import { spawn } from "node:child_process";
import { join } from "node:path";

/** How a program ended. */
export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/**
 * Runs one of the programs that Pulumi starts, as it does.
 *
 * @param program from the checkout's root, with its words
 * @param spec what it is told
 * @param environment what it has besides, and no other variable but PATH
 */
export function runProgram(
  [program, ...words]: readonly [string, ...string[]],
  spec: object,
  environment: NodeJS.ProcessEnv,
): Promise<Ended> {
  const child = spawn("node", ["--require", "ts-node/register/transpile-only", program, ...words], {
    cwd: join(__dirname, "../../.."),
    env: { PATH: process.env.PATH, LANDFALL_SPEC: JSON.stringify(spec), ...environment },
  });
  const ended = { code: 0, stdout: "", stderr: "" };
  child.stdout.on("data", (data: Buffer) => (ended.stdout += data.toString()));
  child.stderr.on("data", (data: Buffer) => (ended.stderr += data.toString()));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve({ ...ended, code }));
  });
}
