import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { exportLines } from "../../../../toolchain/commands/terminal/exports";

/** What /bin/sh has in its environment after it evaluated the lines, as `eval "$(...)"` does. */
function evaluated(lines: readonly string[], name: string): string {
  const script = `eval "$LINES_TO_EVALUATE"; printf %s "$${name}"`;
  return execFileSync("/bin/sh", ["-c", script], { env: { LINES_TO_EVALUATE: lines.join("\n") }, encoding: "utf8" });
}

describe("exportLines", () => {
  it("brings any value through eval in /bin/sh, whatever is in it", () => {
    const value = fc.oneof(
      fc.string({ unit: "grapheme", maxLength: 40 }),
      fc.string({ unit: fc.constantFrom("'", '"', "\\", "$", "`", "\n", " ", ";", "!", "(", "x"), maxLength: 20 }),
    );
    fc.assert(
      fc.property(
        value.filter((text) => !/[\0\p{Surrogate}]/u.test(text)),
        (text) => {
          assert.equal(evaluated(exportLines({ BEFORE: "1", VALUE: text, AFTER: "2" }), "VALUE"), text);
        },
      ),
      { numRuns: 150 },
    );
  });

  it("exports, so that programs started later see the value", () => {
    const lines = exportLines({ PULUMI_BACKEND_URL: "file:///tmp/a b/state" });
    const script = `${lines.join("\n")}\nexec /usr/bin/env`;
    const seen = execFileSync("/bin/sh", ["-c", script], { env: {}, encoding: "utf8" });
    assert.ok(seen.split("\n").includes("PULUMI_BACKEND_URL=file:///tmp/a b/state"));
  });

  it("refuses what no shell can export", () => {
    for (const name of ["", "A B", "1A", "A;rm", "A=B", "ä"]) {
      assert.throws(() => exportLines({ [name]: "x" }), { message: /is not a name/ });
    }
    assert.throws(() => exportLines({ A: "x\0y" }), { message: /NUL/ });
  });
});
