import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { compact } from "../../../../components/host/apply/compact";
import { applyProgram } from "../../../../components/host/apply/program";
import { shorten } from "../../../../components/host/apply/shorten";

/** What Python finds different between two programs, names aside that are one another's everywhere; empty when nothing is. */
function differences(before: string, after: string): string {
  const script = `
import ast, builtins, json, keyword, sys
before, after = (ast.parse(text) for text in json.load(sys.stdin))
names, back = {}, {}
imported = {alias.asname or alias.name for node in ast.walk(before) if isinstance(node, (ast.Import, ast.ImportFrom)) for alias in node.names}
def same(a, b):
    if a != b and (hasattr(builtins, a) or a in imported or keyword.iskeyword(b) or hasattr(builtins, b)):
        return False
    return names.setdefault(a, b) == b and back.setdefault(b, a) == a
def walk(a, b, where):
    if type(a) is not type(b):
        return [f"{where}: {type(a)} and {type(b)}"]
    if isinstance(a, ast.AST):
        found = []
        for field in a._fields:
            x, y = getattr(a, field, None), getattr(b, field, None)
            renamed = isinstance(x, str) and (field == "id" or isinstance(a, ast.arg) or field == "name" and isinstance(a, (ast.FunctionDef, ast.ClassDef, ast.ExceptHandler)))
            if renamed and same(x, y):
                continue
            found += walk(x, y, f"{where}.{type(a).__name__}.{field}")
        return found
    if isinstance(a, list):
        return [f"{where}: {len(a)} and {len(b)}"] if len(a) != len(b) else [one for x, y in zip(a, b) for one in walk(x, y, where)]
    return [] if a == b else [f"{where}: {a!r} and {b!r}"]
print("\\n".join(walk(before, after, "")))
`;
  const input = JSON.stringify([before, after]);
  return execFileSync("python3", ["-c", script], { input, encoding: "utf8" }).trim();
}

describe("a program with short names", () => {
  it("does what the one with long names does, for the whole apply program", () => {
    const before = compact(applyProgram().text);
    const after = shorten(before);
    assert.equal(differences(before, after), "");
    assert.ok(after.length < before.length * 0.95, `${before.length} bytes became ${after.length}`);
  });

  it("has them also in what its strings compute, but for those with a format that is computed", () => {
    const program = `GREETING = "hello {GREETING}"
def greet_people(names, width):
 return f"{GREETING} {', '.join(names)} {{GREETING}}", f"{len(names):>{width}}"
print(greet_people(["a"], 3))
`;
    assert.equal(
      shorten(program),
      `b = "hello {GREETING}"
def c(names, width):
 return f"{b} {', '.join(names)} {{GREETING}}", f"{len(names):>{width}}"
print(c(["a"], 3))
`,
    );
  });

  it("leaves a name alone that is another's elsewhere: of an attribute, a keyword, an import or Python", () => {
    const program = `from os import path
def check_all(timeout):
 return timeout.timeout_of
def timeout_of(id, path):
 return id
run(check_all=1, timeout=timeout_of)
`;
    assert.equal(shorten(program), program);
  });

  it("takes no name that the program has", () => {
    assert.equal(shorten("def function():\n a = 1\n"), "def b():\n a = 1\n");
  });
});
