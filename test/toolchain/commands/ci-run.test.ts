import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectRoot } from "../../../toolchain/commands/project";

/** How a command of npm ends: its output and its exit status. */
interface Ending {
  output: string;
  status: number;
}

describe(".ci/run", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "landfall-ci-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** Runs it with an npm whose `test` and `run check` end as given. */
  const ci = (test: Ending, check: Ending): { status: number | null; last: string | undefined; lines: string[] } => {
    const npm = join(folder, "npm");
    const say = ({ output, status }: Ending): string => `echo '${output}'; exit ${status}`;
    writeFileSync(npm, `#!/bin/sh\ncase "$*" in\ntest) ${say(test)};;\n"run check") ${say(check)};;\nesac\n`);
    chmodSync(npm, 0o755);
    const { status, stdout } = spawnSync(join(projectRoot, ".ci", "run"), {
      encoding: "utf8",
      env: { PATH: `${folder}:${process.env.PATH}` },
    });
    const lines = stdout.trim().split("\n");
    return { status, last: lines.at(-1), lines };
  };
  const good: Ending = { output: "4 passed, 0 failed", status: 0 };

  it("adds tests and checks up in the last line", () => {
    const run = ci({ output: "fast\n120 passed, 0 failed", status: 0 }, good);
    assert.equal(run.last, "124 passed, 0 failed");
    assert.equal(run.status, 0);
  });

  it("runs the checks after failing tests, and fails", () => {
    const run = ci({ output: "119 passed, 1 failed", status: 1 }, good);
    assert.equal(run.last, "123 passed, 1 failed");
    assert.ok(run.lines.includes("4 passed, 0 failed"));
    assert.equal(run.status, 1);
  });

  it("fails when only a check fails", () => {
    const run = ci(good, { output: "3 passed, 1 failed", status: 1 });
    assert.equal(run.last, "7 passed, 1 failed");
    assert.equal(run.status, 1);
  });

  it("counts a command that dies without a count, or with a count that does not say why, as a failure", () => {
    for (const test of [
      { output: "Killed", status: 137 },
      { output: "crashed", status: 0 },
      { ...good, status: 1 },
    ]) {
      const run = ci(test, good);
      assert.match(run.last ?? "", / 1 failed$/, test.output);
      assert.equal(run.status, 1);
    }
  });
});
