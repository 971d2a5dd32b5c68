import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { markUsed } from "../../../../components/local/machine/unused";

describe("markUsed", () => {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "landfall-unused-"));
    for (const name of ["old", "new"]) mkdirSync(join(folder, name));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const inDays = (days: number): Date => new Date(Date.now() + days * 24 * 3600 * 1000);

  it("keeps what was used within the last weeks", async () => {
    await markUsed(join(folder, "old"));
    await markUsed(join(folder, "new"), inDays(40));
    assert.deepEqual(readdirSync(folder), [".new.used", ".old.used", "new", "old"]);
  });

  it("removes what nobody has used for long, with its stamp", async () => {
    await markUsed(join(folder, "old"));
    await markUsed(join(folder, "new"), inDays(50));
    assert.deepEqual(readdirSync(folder), [".new.used", "new"]);
  });

  it("keeps what was never marked: it may just be in the making", async () => {
    await markUsed(join(folder, "new"), inDays(50));
    assert.ok(readdirSync(folder).includes("old"));
  });
});
