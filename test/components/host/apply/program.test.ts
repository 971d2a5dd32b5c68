import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";

import { applyModules, applyProgram, bundle } from "../../../../components/host/apply/program";
import { sha256 } from "../../../../components/host/digest";

describe("the apply program", () => {
  it("is made of all its modules", () => {
    const found = readdirSync(join(__dirname, "../../../../components/host/apply/landfall_apply"))
      .filter((name) => name.endsWith(".py"))
      .map((name) => name.replace(/\.py$/, ""));
    assert.deepEqual([...applyModules].sort(), found.sort());
  });

  it("is one file that needs nothing but Python's own library", () => {
    const { text, digest } = applyProgram();
    assert.equal(digest, sha256(text));
    assert.doesNotMatch(text, /^(from|import) landfall/m);
    const said = execFileSync("python3", ["-I", "-S", "-", "--help"], { input: text, encoding: "utf8" });
    assert.match(said, /Applies a host plan/);
  });

  it("has no name that two modules give to different things", () => {
    const script = `
import ast, collections, sys
names = collections.Counter()
for node in ast.parse(sys.stdin.read()).body:
    if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
        names[node.name] += 1
    elif isinstance(node, (ast.Assign, ast.AnnAssign)):
        for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
            names[target.id] += 1
print([name for name, count in names.items() if count > 1])
`;
    assert.equal(
      execFileSync("python3", ["-c", script], { input: applyProgram().text, encoding: "utf8" }).trim(),
      "[]",
    );
  });

  it("leaves out the imports among its modules, of one line or several, and no others", () => {
    const text = bundle([
      ["a", "import os\n\nA = 1\n"],
      [
        "b",
        "import sys\n\nfrom landfall_apply.a import A\nfrom landfall_apply.a import (\n    A,\n    B,\n)\n\nC = A\n",
      ],
    ]);
    assert.equal(
      text,
      "#!/usr/bin/python3\n\n# ---- a ----\nimport os\n\nA = 1\n\n# ---- b ----\nimport sys\n\n\nC = A\n",
    );
  });
});
