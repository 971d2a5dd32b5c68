/** A part of the tests that needs the same of the computer. */
export interface Tier {
  name: "fast" | "engine" | "machine";
  /** What it needs. */
  needs: string;
  /** Test files, as patterns from the checkout. */
  files: string;
  /** Patterns of files that belong to other tiers. */
  ignore: string[];
  /** How many files run at once, each in a process of its own. */
  jobs: number;
}

/** The tiers, in the order they run: what fails soonest comes first. */
export const tiers: readonly Tier[] = [
  // Many files wait for a program that they have started, so one alone leaves most of a second core idle.
  {
    name: "fast",
    needs: "node modules and ordinary programs",
    files: "test/**/*.test.ts",
    ignore: ["test/engine/**", "test/machine/**"],
    jobs: 2,
  },
  // The engine, a program and a provider take turns.
  { name: "engine", needs: "a Pulumi engine", files: "test/engine/**/*.test.ts", ignore: [], jobs: 2 },
  // Machines are counted in one process, and load on one shows in the answers of another.
  { name: "machine", needs: "local machines", files: "test/machine/**/*.test.ts", ignore: [], jobs: 1 },
];

/** What became of tests. */
export interface TestCounts {
  passed: number;
  failed: number;
  /** Tests that did not run, because they are marked so. */
  pending: number;
  failures: readonly TestFailure[];
}

/** How a tier ended. */
export interface TierResult extends TestCounts {
  tier: string;
  milliseconds: number;
  /** Why the tier could not run or end as a whole; empty when it did. */
  problem: string;
}

/** A test that failed. */
export interface TestFailure {
  /** Its own title after those of its suites. */
  title: string;
  /** What was wrong, in as many lines as it takes. */
  message: string;
}

/** Lines of a failure that are said again at the end; all of them stand where it happened. */
const repeatedLines = 15;

/**
 * What a test run ends with: the tests that failed, once more, for what came before may be long or cut off; then a line for
 * each tier and the sum. A tier that could not run counts as one failure.
 */
export function summary(
  results: readonly TierResult[],
  leftOut: readonly string[],
  time: (ms: number) => string,
): string[] {
  const failures = (result: TierResult): number => Math.max(result.failed, result.problem ? 1 : 0);
  const sum = (count: (result: TierResult) => number): number =>
    results.reduce((total, result) => total + count(result), 0);
  return [
    ...results.flatMap(({ tier, failures }) =>
      failures.flatMap(({ title, message }) => [
        `failed in ${tier}: ${title}`,
        ...message
          .split("\n")
          .slice(0, repeatedLines)
          .map((line) => `  ${line}`),
      ]),
    ),
    ...results.map((result) => {
      const pending = result.pending > 0 ? `, ${result.pending} pending` : "";
      const problem = result.problem ? `: ${result.problem}` : "";
      return `${result.tier.padEnd(8)} ${result.passed} passed, ${failures(result)} failed${pending}, ${time(result.milliseconds)}${problem}`;
    }),
    ...leftOut,
    `${sum((result) => result.passed)} passed, ${sum(failures)} failed`,
  ];
}

/** Exit status of a test run: 0 only when tests ran and none failed. */
export function testStatus(results: readonly TierResult[]): number {
  const good = results.every((result) => result.failed === 0 && result.problem === "");
  return good && results.some((result) => result.passed > 0) ? 0 : 1;
}
