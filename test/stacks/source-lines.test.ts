import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../../toolchain/commands/project";

describe("lines of errors in a stack's program", () => {
  it("are those of the TypeScript, though its transpiled text runs", () => {
    const file = join(projectRoot, "components/local/machine/names.ts");
    const script = `
      require("./stacks/source-lines");
      try { require(${JSON.stringify(file)}).checkStackId("?"); } catch (error) { console.log(error.stack); }`;
    const stack = execFileSync(process.execPath, ["--require=./components/from-sources.cjs", "-e", script], {
      cwd: projectRoot,
      encoding: "utf8",
    });
    const place = /names\.ts:(\d+):(\d+)/.exec(stack);
    const line = readFileSync(file, "utf8").split("\n")[Number(place?.[1]) - 1] ?? "";
    assert.match(line.slice(Number(place?.[2]) - 1), /^new Error\(/, stack);
  });

  it("are told where the loader itself is among the frames", () => {
    const script = `
      require("./stacks/source-lines");
      const own = require.resolve("./components/from-sources.cjs");
      try { require(own).transpiled(0); } catch (error) { console.log(error.stack); }`;
    const stack = execFileSync(process.execPath, ["--require=./components/from-sources.cjs", "-e", script], {
      cwd: projectRoot,
      encoding: "utf8",
    });
    assert.match(stack, /TypeError.*\n.*from-sources\.cjs:\d+/);
  });
});
