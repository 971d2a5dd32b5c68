import { writeFileSync } from "node:fs";
import Mocha from "mocha";

/** mocha's `dot`-like list of what failed, at the end; besides, the counts go to the file that LANDFALL_TIER_COUNTS names. */
class TierReporter extends Mocha.reporters.Spec {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    runner.once("end", () => {
      const { passes = 0, failures = 0, pending = 0 } = runner.stats ?? {};
      const file = process.env.LANDFALL_TIER_COUNTS;
      if (file) writeFileSync(file, JSON.stringify({ passed: passes, failed: failures, pending }));
    });
  }
}

export = TierReporter;
