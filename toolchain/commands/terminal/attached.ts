import { spawn } from "node:child_process";

/** Runs a program on our own terminal: it reads what is typed and prints as it likes. Gives its exit status. */
export function runOnTerminal(
  argv: readonly [string, ...string[]],
  options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<number> {
  const [program, ...args] = argv;
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...options, stdio: "inherit" });
    // Ctrl-C at the terminal is for the program; we end when it does.
    const wait = (): void => undefined;
    process.on("SIGINT", wait);
    child.on("error", (error) => reject(new Error(`${program} cannot be started: ${error.message}`)));
    child.on("close", (code) => {
      process.off("SIGINT", wait);
      resolve(code ?? 1);
    });
  });
}
