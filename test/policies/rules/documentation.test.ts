import assert from "node:assert";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { rules } from "../../../policies/rules";

describe("docs/policies.md", () => {
  it("lists each rule with its title, severity and level", () => {
    const text = readFileSync(join(__dirname, "../../../docs/policies.md"), "utf8");
    const rows = [...text.matchAll(/^\| `(.+?)` +\| (.+?) +\| (\w+) +\| (\w+) +\|$/gm)].map(([, ...cells]) => cells);
    assert.deepStrictEqual(
      rows,
      rules.map(({ id, title, severity, level }) => [id, title, severity, level]),
    );
  });
});
