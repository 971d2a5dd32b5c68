import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { attempt } from "../../components/local/machine/command";
import type { Command } from "./command";
import { projectRoot } from "./project";
import { duration } from "./terminal/progress";

/** A tool that looks at the code without running it. */
interface Check {
  name: string;
  /** npm package that its program comes from. @default our own commands */
  package?: string;
  args: string[];
}

const checks: readonly Check[] = [
  { name: "types", package: "typescript", args: ["-p", "."] },
  {
    name: "lint",
    package: "eslint",
    args: ["--max-warnings", "0", "."],
  },
  { name: "format", package: "prettier", args: ["--check", "--log-level", "warn", "."] },
  { name: "dead code", package: "knip", args: ["--no-progress"] },
  { name: "reference", args: ["reference", "--check"] },
];

/** Name of the program of a package, where it is not the package's own. */
const programs: Record<string, string> = { typescript: "tsc" };

/** `npm run check`. */
export const check: Command = {
  summary: "looks at types, lint, format and dead code",
  options: {},
  async run() {
    let failed = 0;
    // All of them, also when an earlier one fails: whoever mends the code wants to know everything at once.
    await inTurns(2, checks, async (one) => {
      const start = Date.now();
      const outcome = await attempt([process.execPath, programOf(one), ...one.args], { cwd: projectRoot });
      const good = outcome.code === 0;
      if (!good) failed += 1;
      const said = good ? "" : `${`${outcome.stdout}\n${outcome.stderr}`.trim()}\n`;
      process.stdout.write(
        `${said}${one.name.padEnd(10)} ${good ? "ok" : "FAILED"}, ${duration(Date.now() - start)}\n`,
      );
    });
    process.stdout.write(`${checks.length - failed} passed, ${failed} failed\n`);
    return failed === 0 ? 0 : 1;
  },
};

/** Path of the program of a check. */
function programOf({ package: name }: Check): string {
  if (name === undefined) return join(projectRoot, "toolchain", "run.mjs");
  const manifest = join(projectRoot, "node_modules", name, "package.json");
  const { bin } = JSON.parse(readFileSync(manifest, "utf8")) as { bin: string | Record<string, string> };
  const file = typeof bin === "string" ? bin : bin[programs[name] ?? name];
  if (file === undefined) throw new Error(`the package ${name} brings no program ${programs[name] ?? name}`);
  return join(dirname(manifest), file);
}

/** Does something for each item, `count` of them at a time. */
async function inTurns<T>(count: number, items: readonly T[], act: (item: T) => Promise<void>): Promise<void> {
  const waiting = [...items];
  const worker = async (): Promise<void> => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await act(item);
  };
  await Promise.all(Array.from({ length: count }, worker));
}
