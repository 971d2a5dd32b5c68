import { execFileSync } from "node:child_process";
import { join } from "node:path";

const modules = join(__dirname, "../../../../components/host/apply");

/** Evaluates Python with the apply program's modules at hand: `given` is the value handed in, `result` the one handed back. */
export function python(script: string, given: unknown = null): unknown {
  const program = `import json, sys\ngiven = json.loads(sys.stdin.read())\n${script}\nprint(json.dumps(result))`;
  const output = execFileSync("python3", ["-c", program], {
    input: JSON.stringify(given),
    encoding: "utf8",
    env: { ...process.env, PYTHONPATH: modules, PYTHONDONTWRITEBYTECODE: "1", PYTHONIOENCODING: "utf-8" },
    stdio: ["pipe", "pipe", "pipe"],
  });
  return JSON.parse(output);
}
