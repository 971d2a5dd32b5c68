import assert from "node:assert/strict";
import { summary, testStatus, type TierResult } from "../../../toolchain/commands/tiers";

const result = (tier: string, passed: number, failed: number, problem = ""): TierResult => ({
  tier,
  passed,
  failed,
  pending: 0,
  milliseconds: 1500,
  problem,
  failures: [],
});
const seconds = (ms: number): string => `${ms / 1000} s`;

describe("summary of a test run", () => {
  it("ends with the sum over all tiers, in a line of its own", () => {
    assert.deepEqual(summary([result("fast", 200, 0), result("engine", 9, 1)], [], seconds), [
      "fast     200 passed, 0 failed, 1.5 s",
      "engine   9 passed, 1 failed, 1.5 s",
      "209 passed, 1 failed",
    ]);
  });

  it("counts a tier that could not run as a failure, and says why", () => {
    const lines = summary([result("fast", 3, 0), result("machine", 0, 0, "cannot run: no root")], [], seconds);
    assert.equal(lines[1], "machine  0 passed, 1 failed, 1.5 s: cannot run: no root");
    assert.equal(lines.at(-1), "3 passed, 1 failed");
  });

  it("says once more which tests failed and why, before all else", () => {
    const failures = [{ title: "nginx starts", message: ["port 80 is busy", ...Array(30).fill("at")].join("\n") }];
    const lines = summary([{ ...result("fast", 3, 1), failures }], [], seconds);
    assert.deepEqual(lines.slice(0, 3), ["failed in fast: nginx starts", "  port 80 is busy", "  at"]);
    assert.deepEqual(lines.slice(16), ["fast     3 passed, 1 failed, 1.5 s", "3 passed, 1 failed"]);
  });

  it("names what was left out before the sum, and tests that are marked as pending", () => {
    const lines = summary([{ ...result("fast", 3, 0), pending: 2 }], ["machine  left out"], seconds);
    assert.deepEqual(lines, [
      "fast     3 passed, 0 failed, 2 pending, 1.5 s",
      "machine  left out",
      "3 passed, 0 failed",
    ]);
  });
});

describe("exit status of a test run", () => {
  it("is 0 only when tests ran, none failed and every tier could run", () => {
    assert.equal(testStatus([result("fast", 3, 0)]), 0);
    assert.equal(testStatus([result("fast", 3, 0), result("engine", 1, 1)]), 1);
    assert.equal(testStatus([result("fast", 3, 0), result("machine", 0, 0, "no root")]), 1);
    assert.equal(testStatus([result("fast", 0, 0)]), 1);
    assert.equal(testStatus([]), 1);
  });
});
