import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { globMatcher } from "../../../../policies/reader/nginx/glob";

describe("globMatcher", () => {
  const table: [pattern: string, matching: string[], other: string[]][] = [
    ["*.conf", ["a.conf", "a.b.conf"], [".conf", ".a.conf", "a.confx", "conf"]],
    ["*", ["a", "a.b"], [".a"]],
    [".*", [".a", "."], ["a"]],
    ["a?c", ["abc"], ["ac", "abbc"]],
    ["[ab]x", ["ax", "bx"], ["cx", "x"]],
    ["[!ab]x", ["cx"], ["ax", "x"]],
    ["[a-c]x", ["bx"], ["dx", "-x"]],
    ["[]a]x", ["]x", "ax"], ["x"]],
    ["[a-]x", ["-x", "ax"], ["bx"]],
    ["\\*", ["*"], ["a"]],
    ["[a", ["[a"], ["a"]],
    ["a-b", ["a-b"], ["aab"]],
  ];
  for (const [pattern, matching, other] of table) {
    it(`matches ${pattern} with ${matching.join(", ")}`, () => {
      assert.deepEqual(
        [...matching, ...other].filter((one) => globMatcher(pattern)(one)),
        matching,
      );
    });
  }

  it("matches what bash matches", () => {
    const piece = fc.constantFrom("a", "b", "-", ".", "*", "?", "[ab]", "[!a]", "[a-b]");
    const cases = fc.sample(fc.tuple(fc.array(piece, { maxLength: 5 }), fc.stringMatching(/^[ab.-]{1,6}$/)), {
      numRuns: 500,
      seed: 3,
    });
    const input = cases.map(([pieces, text]) => `${pieces.join("")}\n${text}\n`).join("");
    const program = "while IFS= read -r p && IFS= read -r s; do case $s in $p) echo 1;; *) echo 0;; esac; done";
    const expected = execFileSync("bash", ["-c", program], { input, encoding: "utf8" }).trim().split("\n");
    // Only `case` matches a dot at the beginning.
    cases.forEach(([pieces, text], index) => {
      if (text.startsWith(".")) return;
      assert.equal(globMatcher(pieces.join(""))(text), expected[index] === "1", `${pieces.join("")} ${text}`);
    });
  });

  it("does not search for ever", () => {
    assert.equal(globMatcher(`${"*a".repeat(40)}b`)("a".repeat(400)), false);
  });
});
