import assert from "node:assert/strict";
import fc from "fast-check";
import { Line, word } from "../../../../components/host/systemd/word";
import { splitWords } from "../../../../policies/reader/systemd/words";

describe("splitWords", () => {
  const table: [value: string, expected: string[]][] = [
    ["", []],
    ["a  b\tc", ["a", "b", "c"]],
    ["'a b' \"c d\"", ["a b", "c d"]],
    ['""', [""]],
    ["a\\ b", ["a\\ b"]],
    ['"a\\"b\\\\" c', ['a"b\\', "c"]],
    ["\\x41\\102\\u00e9\\n\\s", ["AB\u00e9\n "]],
    ['A="b c"', ["A=b c"]],
    ["'no end", ["no end"]],
    ["\\", ["\\"]],
  ];
  for (const [value, expected] of table) {
    it(`reads ${JSON.stringify(value)}`, () => assert.deepEqual(splitWords(value), expected));
  }

  it("gives back the words that the renderer writes", () => {
    const text = fc.string({ unit: "grapheme", maxLength: 20 }).filter((one) => !/[\p{Cc}\p{Surrogate}%]/u.test(one));
    fc.assert(
      fc.property(fc.array(text, { minLength: 1 }), (words) => {
        assert.deepEqual(splitWords(words.map((one) => word(one, Line.Setting)).join(" ")), words);
      }),
    );
  });
});
