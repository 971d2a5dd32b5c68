import assert from "node:assert/strict";
import fc from "fast-check";
import { command, Line, raw, text, word, words } from "../../../../components/host/systemd/word";
import { readWords } from "./unit-reader";

const anyText = fc
  .oneof(
    fc.string({ unit: "grapheme" }),
    fc.array(fc.constantFrom(..."'\"\\$%;# =-a{}"), { maxLength: 12 }).map((all) => all.join("")),
  )
  .filter((value) => !/[\p{Cc}\p{Surrogate}]/u.test(value));

describe("words of a unit", () => {
  const table: [value: string, line: Line, expected: string][] = [
    ["plain/path", Line.Command, "plain/path"],
    ["", Line.Command, '""'],
    ["a b", Line.Setting, '"a b"'],
    ["100%", Line.Setting, "100%%"],
    ["$HOME", Line.Command, "$$HOME"],
    ["$HOME", Line.Setting, "$HOME"],
    [";", Line.Command, '";"'],
    ['say "yes"\\', Line.Command, '"say \\"yes\\"\\\\"'],
    ["it's", Line.Setting, '"it\'s"'],
  ];
  for (const [value, line, expected] of table) {
    it(`writes ${JSON.stringify(value)} as ${expected} (${line})`, () => assert.equal(word(value, line), expected));
  }

  it("read back as they were given", () => {
    fc.assert(
      fc.property(fc.array(anyText, { minLength: 1, maxLength: 4 }), (values) => {
        assert.deepEqual(readWords(words(...values).rendered, false), values);
        assert.deepEqual(readWords(command("/bin/x", ...values).rendered, true), ["/bin/x", ...values]);
      }),
    );
  });

  it("refuse what would start another line, without showing all of it", () => {
    assert.throws(() => words("A=b\nExecStart=/bin/evil"), /a systemd unit cannot carry a newline in "A=b/);
    assert.throws(() => words("A=\0"), /cannot carry NUL/);
    assert.throws(() => text("a\rb"), /cannot carry the character U\+000D/);
    assert.throws(() => raw("no\\"), /cannot carry "no\\\\" at the ends of a line/);
  });

  it("refuse a program whose name means something else", () => {
    for (const name of ["", "-x", "+x", "!x", "@x", ":x"]) {
      assert.throws(() => command(name), /systemd cannot run a program named/);
    }
  });
});
