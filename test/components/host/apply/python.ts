import { execFile, execFileSync } from "node:child_process";
import { join } from "node:path";

const modules = join(__dirname, "../../../../components/host/apply");

/** Evaluates Python with the apply program's modules at hand: `given` is the value handed in, `result` the one handed back. */
export function python(script: string, given: unknown = null): unknown {
  const output = execFileSync("python3", ["-c", programOf(script)], {
    ...settings,
    input: JSON.stringify(given),
    stdio: ["pipe", "pipe", "pipe"],
  });
  return JSON.parse(output);
}

/** The same for a script that asks servers of the test itself. */
export async function pythonBeside(script: string, given: unknown = null): Promise<unknown> {
  return await new Promise((resolve, reject) => {
    const child = execFile("python3", ["-c", programOf(script)], settings, (error, stdout) =>
      error ? reject(new Error(error.message)) : resolve(JSON.parse(stdout)),
    );
    child.stdin?.end(JSON.stringify(given));
  });
}

const settings = {
  encoding: "utf8",
  env: { ...process.env, PYTHONPATH: modules, PYTHONDONTWRITEBYTECODE: "1", PYTHONIOENCODING: "utf-8" },
} as const;

function programOf(script: string): string {
  return `import json, sys\ngiven = json.loads(sys.stdin.read())\n${script}\nprint(json.dumps(result))`;
}
