import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Command } from "./command";
import { ensureHost, ensureImages } from "./local-program";
import { projectRoot } from "./project";
import { openSession } from "./session";
import { duration, progress } from "./terminal/progress";
import { ensureTestPrograms } from "./test-programs";
import { summary, type TestCounts, testStatus, type Tier, type TierResult, tiers } from "./tiers";

/** `npm test`; `npm run test:fast` is the same with `--tier fast`. */
export const test: Command = {
  summary: "sets up what the tests need, runs them all and says how many passed",
  options: { tier: { describe: "only this part", value: "TIER", choices: tiers.map((tier) => tier.name) } },
  async run({ values }) {
    const chosen = tiers.filter((tier) => values.tier === undefined || tier.name === values.tier);
    const results: TierResult[] = [];
    const leftOut: string[] = [];
    for (const tier of chosen) {
      if (tier.name === "machine" && process.env.LANDFALL_MACHINES === "off") {
        leftOut.push("machine  left out, because LANDFALL_MACHINES=off: nothing on real machines was tested");
        continue;
      }
      results.push(await runTier(tier));
    }
    process.stdout.write(`\n${summary(results, leftOut, duration).join("\n")}\n`);
    return testStatus(results);
  },
};

/** Of a tier that could not run. */
const nothing: TestCounts = { passed: 0, failed: 0, pending: 0, failures: [] };

/** Sets up what a tier needs and runs its tests. A failing set-up is the tier's failure, and the next tier still runs. */
async function runTier(tier: Tier): Promise<TierResult> {
  let env: NodeJS.ProcessEnv;
  const start = Date.now();
  try {
    env = await setUp(tier);
  } catch (error) {
    const problem = `cannot run: ${error instanceof Error ? error.message : String(error)}`;
    return { tier: tier.name, ...nothing, milliseconds: Date.now() - start, problem };
  }
  progress("tests")(`${tier.name} (needs ${tier.needs}) ...`);
  const begin = Date.now();
  const counts = await runMocha(tier, env);
  return { tier: tier.name, ...counts, milliseconds: Date.now() - begin };
}

async function setUp(tier: Tier): Promise<NodeJS.ProcessEnv> {
  await ensureTestPrograms(progress("packages"));
  if (tier.name === "fast") return process.env;
  if (tier.name === "machine") {
    await ensureHost();
    await ensureImages();
  }
  const session = await openSession();
  return { ...process.env, ...session.engineVariables };
}

/** Runs a tier's tests on our own terminal. */
function runMocha(tier: Tier, env: NodeJS.ProcessEnv): Promise<Omit<TierResult, "tier" | "milliseconds">> {
  const folder = mkdtempSync(join(tmpdir(), "landfall-test-"));
  const countsFile = join(folder, "counts.json");
  const args = [
    require.resolve("mocha/bin/mocha.js"),
    "--reporter",
    join(__dirname, "tier-reporter.ts"),
    ...(tier.jobs > 1 ? ["--parallel", "--jobs", String(tier.jobs)] : []),
    ...tier.ignore.flatMap((pattern) => ["--ignore", pattern]),
    tier.files,
  ];
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, {
      cwd: projectRoot,
      env: { ...env, LANDFALL_TIER_COUNTS: countsFile },
      stdio: "inherit",
    });
    const finish = (problem: string): void => {
      const counted = existsSync(countsFile) ? (JSON.parse(readFileSync(countsFile, "utf8")) as TestCounts) : undefined;
      rmSync(folder, { recursive: true, force: true });
      const counts = counted ?? nothing;
      const ended = counted === undefined ? "mocha ended before the tests did" : "";
      resolve({ ...counts, problem: counts.failed > 0 ? "" : problem || ended });
    };
    child.on("error", (error) => finish(error.message));
    child.on("close", (code, signal) => finish(code === 0 ? "" : `mocha ended with ${signal ?? `status ${code}`}`));
  });
}
