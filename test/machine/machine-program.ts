import { spawn, type ChildProcess } from "node:child_process";
import { machineCommand } from "../../components/local/machine/program";

/** Starts the program as a user does, in a process of its own. */
export function start(verb: string, spec: object): ChildProcess {
  const [file, ...args] = machineCommand(verb);
  const child = spawn(file, args, {
    env: { ...process.env, LANDFALL_SPEC: JSON.stringify(spec) },
    stdio: ["ignore", "pipe", "pipe"],
  });
  return child;
}

/** Waits for a process to end, and returns what it said. */
export async function ended(child: ChildProcess): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const said = { stdout: "", stderr: "" };
  child.stdout?.on("data", (chunk: Buffer) => (said.stdout += chunk.toString()));
  child.stderr?.on("data", (chunk: Buffer) => (said.stderr += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
  return { code, ...said };
}
