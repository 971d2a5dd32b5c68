import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";

const program = join(__dirname, "../../../policies/landfall.js");

/** Runs the program as a shell does. */
function landfall(...argv: string[]): { status: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...argv], { encoding: "utf8" });
  return { status, stdout, stderr };
}

describe("the program landfall", () => {
  it("runs by itself, and ends with the status of the check", () => {
    const { status, stdout, stderr } = landfall("check", __filename, "--format", "json");
    assert.equal(status, 2, stderr);
    assert.equal((JSON.parse(stdout) as { tool: { name: string } }).tool.name, "landfall");
  });

  it("says on the standard error what is wrong with the command line", () => {
    const { status, stdout, stderr } = landfall("check");
    assert.deepEqual({ status, stdout }, { status: 1, stdout: "" });
    assert.match(stderr, /there is nothing to check/);
  });
});
