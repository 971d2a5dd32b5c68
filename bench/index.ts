import { parseArgs } from "node:util";
import { Figure } from "./figure";
import { cleanUpOnInterrupt } from "./cleanup";
import { codeChange } from "./code-change";
import { manyApps } from "./many-apps";
import { planning } from "./planning";
import { policies } from "./policies";
import { preview } from "./preview";
import { schema } from "./schema";
import { shapes } from "./shapes";
import { throughput } from "./throughput";
import { warmUp } from "./warm-up";
import { webServers } from "./web-servers";

// `npm run bench`: every figure is a ratio within one run, or held against a bound in seconds; medians of interleaved
// runs. Progress goes to standard error, so that --json leaves one array on standard output.

type Benchmark = (report: (line: string) => void) => Promise<Figure[]>;

const benchmarks: Readonly<Record<string, Benchmark>> = {
  planning,
  schema,
  preview,
  shapes,
  policies,
  throughput,
  "web-servers": webServers,
  "many-apps": manyApps,
  "code-change": codeChange,
  "warm-up": warmUp,
};

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});

async function main(): Promise<void> {
  cleanUpOnInterrupt();
  const { values, positionals } = parseArgs({ options: { json: { type: "boolean" } }, allowPositionals: true });
  const unknown = positionals.filter((name) => !Object.hasOwn(benchmarks, name));
  if (unknown.length) {
    throw new Error(`there is no benchmark ${unknown.join(", ")}; choose among ${Object.keys(benchmarks).join(", ")}`);
  }
  const figures: Figure[] = [];
  for (const [name, run] of Object.entries(benchmarks)) {
    if (positionals.length && !positionals.includes(name)) continue;
    figures.push(...(await run((line) => process.stderr.write(`${name}: ${line}\n`))));
  }
  process.stdout.write(values.json ? `${JSON.stringify(figures, null, 2)}\n` : table(figures));
}

function table(figures: readonly Figure[]): string {
  const width = Math.max(...figures.map((figure) => figure.name.length));
  return figures
    .map((figure) => {
      const value = `${figure.value} ${figure.unit}`.padStart(12);
      return `${figure.name.padEnd(width)}  ${value}  goal ${figure.goal.padEnd(8)}  ${figure.met ? "met" : "NOT MET"}\n`;
    })
    .join("");
}
