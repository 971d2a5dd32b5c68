import assert from "node:assert/strict";
import fc from "fast-check";
import { duration } from "../../../../toolchain/commands/terminal/progress";
import { table } from "../../../../toolchain/commands/terminal/table";

describe("table", () => {
  it("aligns columns under their headings", () => {
    assert.deepEqual(
      table(
        ["Site", "App", "Health"],
        [
          ["https://a.localhost:8443/", "blog", "answers"],
          ["https://b.localhost:8443/x/", "reports", "ECONNREFUSED"],
        ],
      ),
      [
        "Site                         App      Health",
        "https://a.localhost:8443/    blog     answers",
        "https://b.localhost:8443/x/  reports  ECONNREFUSED",
      ],
    );
  });

  it("takes rows without headings, and rows that are too short", () => {
    assert.deepEqual(table([], [["Open", "x"], ["Stop"], ["", "y"]]), ["Open  x", "Stop", "      y"]);
    assert.deepEqual(table([], []), []);
  });

  it("starts each column at the same place in every row", () => {
    const cell = fc.string({ unit: fc.constantFrom("a", "b", "-"), minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell, cell), { minLength: 1 }), (rows) => {
        const lines = table([], rows);
        const second = Math.max(...rows.map(([first]) => first.length)) + 2;
        assert.ok(lines.every((line, index) => line.slice(second).startsWith(rows[index]![1])));
      }),
    );
  });
});

describe("duration", () => {
  it("is short and says its unit", () => {
    assert.deepEqual([40, 9_940, 12_400, 187_000].map(duration), ["0.0 s", "9.9 s", "12 s", "3 min 7 s"]);
  });
});
