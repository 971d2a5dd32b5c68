import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { expandWords, Variables } from "../../../../policies/reader/shell/expand";
import { statementsOf } from "../../../../policies/reader/shell/lexer";
import { Statement } from "../../../../policies/reader/shell/statement";

/** The commands of a script, variables replaced by these. */
function commands(script: string, variables: Record<string, string> = {}): (string | null)[][] {
  const known: Variables = new Map(Object.entries(variables));
  return statementsOf(script).flatMap((statement) =>
    statement.kind === "command" ? [expandWords(statement.words, known)] : [],
  );
}

const lines = (script: string): number[] =>
  statementsOf(script).flatMap((statement: Statement) => (statement.kind === "command" ? [statement.line] : []));

describe("statementsOf", () => {
  const table: [script: string, expected: (string | null)[][]][] = [
    ["a b\nc", [["a", "b"], ["c"]]],
    ["a; b && c || d | e & f", [["a"], ["b"], ["c"], ["d"], ["e"], ["f"]]],
    ["a 'b c' \"d e\" f\\ g ''", [["a", "b c", "d e", "f g", ""]]],
    ["a # b\n# c\nd#e", [["a"], ["d#e"]]],
    ["a \\\n b", [["a", "b"]]],
    ["a $X ${X} \"$X\" '$X'", [["a", "1", "2", "1", "2", "1 2", "$X"]]],
    ["a ${Y:-z} ${Y-z}", [["a", "z", "z"]]],
    ["a $Z $(b; c 'd)') `e` $1 ${X%y}", [["a", null, null, null, null, null]]],
    ["if a; then b; else c; fi", [["a"], ["b"], ["c"]]],
    ["for x in 1 2; do a; done", [["for", "x", "in", "1", "2"], ["a"]]],
    ["(a; b)", [["a"], ["b"]]],
    ["a > /f 2>&1 < /g", [["a"]]],
    ["a $'b' $'c\\n'", [["a", "b", null]]],
    ["cat <<EOF\nb; c\nEOF\nd", [["cat"], ["d"]]],
    ["a <(b) c", [["a", null], ["b"], ["c"]]],
    ["a 'no end", [["a", "no end"]]],
    ['a "no end', [["a", "no end"]]],
    ["a $(no end", [["a", null]]],
  ];
  for (const [script, expected] of table) {
    it(`reads ${JSON.stringify(script)}`, () => assert.deepEqual(commands(script, { X: "1 2" }), expected));
  }

  it("knows the line that each command begins on", () => {
    assert.deepEqual(lines('a \\\n b\n"c\nd" e\ncat <<X\nf\nX\ng\n\nh'), [1, 3, 5, 8, 10]);
  });

  const bodies: [script: string, body: string | null][] = [
    ["cat <<EOF\na $X\nEOF\n", "a 1\n"],
    ['cat <<EOF\na \\$X \\\\ \\" "q"\nEOF\n', 'a $X \\ \\" "q"\n'],
    ["cat <<'EOF'\na $X \\$\nEOF\n", "a $X \\$\n"],
    ['cat <<"EOF"\na $X\nEOF\n', "a $X\n"],
    ["cat <<-EOF\n\t\ta\n\tEOF\n", "a\n"],
    ["cat <<EOF\n$(date)\nEOF\n", null],
    ["cat <<EOF\nno end\n", "no end\n"],
  ];
  for (const [script, body] of bodies) {
    it(`reads the here-document of ${JSON.stringify(script)}`, () => {
      const [statement] = statementsOf(script);
      const words = statement?.kind === "command" ? statement.redirects[0]?.body : undefined;
      assert.deepEqual(expandWords([words ?? [null]], new Map([["X", "1"]])), [body]);
    });
  }

  it("reads quotes as bash does", () => {
    const piece = fc.constantFrom("a", " ", "  ", "'", '"', "\\", "\\\\", "$X", "${X}", "é", "b c", "#", "=", "%", ",");
    const script = fc
      .array(piece, { maxLength: 12 })
      .map((pieces) => pieces.join(""))
      .filter((text) => !/\$X\w/.test(text));
    const scripts = fc.sample(script, { numRuns: 300, seed: 7 });
    const expected = bashWords(scripts);
    let compared = 0;
    scripts.forEach((one, index) => {
      const words = expected[index];
      // What bash refuses, such as a quote without an end, is read in some way.
      if (!words) return;
      compared++;
      assert.deepEqual(commands(`p ${one}`, { X: "1 2" })[0], ["p", ...words], JSON.stringify(one));
    });
    assert.ok(compared > 100, `only ${compared} of the scripts are valid`);
  });
});

/** The words that bash makes of each script's rest of a line; undefined where it refuses. */
function bashWords(scripts: readonly string[]): (string[] | undefined)[] {
  const program = `X='1 2'; set -f; p() { printf '%s\\0' "$@"; }; while IFS= read -r -d '' script; do
    printf '\\1'; if (eval "p0() { :; }; p $script" >/dev/null 2>&1); then eval "[ $# -ge 0 ]; p $script"; else printf '\\2'; fi; done`;
  const said = execFileSync("bash", ["-c", program], {
    input: scripts.map((one) => `${one}\0`).join(""),
    encoding: "utf8",
  });
  return said
    .split("\u0001")
    .slice(1)
    .map((one) => (one.includes("\u0002") ? undefined : one === "\0" ? [] : one.split("\0").slice(0, -1)));
}
