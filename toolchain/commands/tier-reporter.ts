import { writeFileSync } from "node:fs";
import Mocha from "mocha";
import type { TestCounts, TestFailure } from "./tiers";

/** mocha's own report of each test; besides, the counts and what failed go to the file that LANDFALL_TIER_COUNTS names. */
class TierReporter extends Mocha.reporters.Spec {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    const failed: TestFailure[] = [];
    runner.on("fail", (test: Mocha.Test, error: Error) => {
      failed.push({ title: test.fullTitle(), message: error.message });
    });
    runner.once("end", () => {
      const { passes = 0, failures = 0, pending = 0 } = runner.stats ?? {};
      const counts: TestCounts = { passed: passes, failed: failures, pending, failures: failed };
      const file = process.env.LANDFALL_TIER_COUNTS;
      if (file) writeFileSync(file, JSON.stringify(counts));
    });
  }
}

export = TierReporter;
