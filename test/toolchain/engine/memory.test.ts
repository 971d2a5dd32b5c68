import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";

import { identity, Memory } from "../../../toolchain/engine/memory";
import { temporaryFolder } from "./temporary-folder";

describe("Memory", () => {
  const folder = temporaryFolder();

  /** Makes all that is remembered older. */
  function age(milliseconds: number): void {
    for (const name of fs.readdirSync(folder())) {
      const then = new Date(Date.now() - milliseconds);
      fs.utimesSync(path.join(folder(), name), then, then);
    }
  }
  const day = 24 * 60 * 60 * 1000;

  it("recalls what was kept under the same name only", () => {
    const memory = new Memory(folder());
    memory.keep({ value: "3.259.0" }, "cli", "a");
    assert.deepEqual(memory.recall("cli", "a"), { value: "3.259.0" });
    assert.equal(memory.recall("cli", "b"), undefined);
  });

  it("believes a value for ever and a refusal for a day", () => {
    const memory = new Memory(folder());
    memory.keep({ value: "3.259.0" }, "good");
    memory.keep({ reason: "fetch failed" }, "bad");
    age(day - 60_000);
    assert.deepEqual(memory.recall("bad"), { reason: "fetch failed" });
    age(day + 60_000);
    assert.equal(memory.recall("bad"), undefined);
    assert.deepEqual(memory.recall("good"), { value: "3.259.0" });
  });

  it("takes a changed file for another one", () => {
    const file = path.join(folder(), "program");
    fs.writeFileSync(file, "one");
    const before = identity(file);
    assert.equal(identity(file), before);
    fs.writeFileSync(file, "longer");
    assert.notEqual(identity(file), before);
  });
});
