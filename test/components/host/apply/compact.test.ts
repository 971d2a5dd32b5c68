import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";

import { compact } from "../../../../components/host/apply/compact";
import { applyProgram } from "../../../../components/host/apply/program";

/** What Python makes of two programs, without documentation and types of parameters: whether they do the same. */
function doTheSame(before: string, after: string): boolean {
  const script = `
import ast, json, sys
def tree(text):
    root = ast.parse(text)
    for node in ast.walk(root):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            node.returns = None
            every = node.args.posonlyargs + node.args.args + node.args.kwonlyargs + [node.args.vararg, node.args.kwarg]
            for one in every:
                if one: one.annotation = None
        if isinstance(getattr(node, "body", None), list):
            said = lambda one: isinstance(one, ast.Expr) and isinstance(one.value, ast.Constant) and isinstance(one.value.value, str)
            node.body = [one for one in node.body if not said(one)] or [ast.Pass()]
    return ast.dump(root)
before, after = json.load(sys.stdin)
print(tree(before) == tree(after))
`;
  return (
    execFileSync("python3", ["-c", script], { input: JSON.stringify([before, after]), encoding: "utf8" }).trim() ===
    "True"
  );
}

describe("a compact program", () => {
  it("does what the whole one does, for the whole apply program", () => {
    const { text } = applyProgram();
    const short = compact(text);
    assert.ok(doTheSame(text, short));
    assert.ok(short.length < text.length * 0.75, `${text.length} bytes became ${short.length}`);
  });

  it("has neither comments, documentation nor blank lines, and one space where there were four", () => {
    const program = `#!/usr/bin/python3
"""What it is."""

import os  # the system

# A function.
def f(a: int, b: str = "x: y, z") -> dict[str, int]:
    """What it does."""
    if a:
        return {"#": a}  # not a comment: "#"
    return {}
`;
    assert.equal(
      compact(program),
      `#!/usr/bin/python3
import os
def f(a,b= "x: y, z"):
 if a:
  return {"#": a}
 return {}
`,
    );
  });

  for (const [what, program] of [
    ["strings that look like comments and ends", `a = "# \\" not" + '''#\n"""'''\nb = f"{a}#"\n`],
    ["strings over several lines", `a = """one\n\n  # two\n"""\n`],
    ["calls over several lines", `f(\n    a,\n    # why\n    b,\n)\n`],
    ["a body of documentation alone", `class A(OSError):\n    """Why."""\n\n\nclass B:\n    """Why."""\n\n    c = 1\n`],
    ["a documented function at the end", `def f():\n    """Why."""\n`],
    [
      "defaults and types that hold brackets",
      `def f(a: dict[str, tuple[int, ...]] = {}, *, b=(1, 2), **c: int) -> None:\n    pass\n`,
    ],
    ["types in a class", `class A:\n    a: int = 1\n    b: str | None = None\n`],
    [
      "nested functions and lambdas",
      `def f(a: int):\n    def g(b: str) -> str:\n        return b\n    return lambda c: g(c)\n`,
    ],
    [
      "raw strings and bytes",
      `a = re.compile(r"(?<![\\w./-])#")\nb = rb"\\"\nc = b"\\0"\n`.replace('rb"\\"\n', 'rb"\\\\"\n'),
    ],
  ] as const) {
    it(`keeps the meaning of ${what}`, () => {
      assert.ok(doTheSame(program, compact(program)), compact(program));
    });
  }
});
