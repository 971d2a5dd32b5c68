import assert from "node:assert/strict";
import fc from "fast-check";
import { segmentPattern } from "../../../components/app/glob";

describe("segmentPattern", () => {
  const matches: [string, string, boolean][] = [
    ["*.pyc", "a.pyc", true],
    ["*.pyc", "a.pyco", false],
    ["a?c", "abc", true],
    ["a?c", "ac", false],
    ["[ab]x", "bx", true],
    ["[!ab]x", "bx", false],
    ["[!ab]x", "cx", true],
    ["[^a]x", "^x", true],
    ["[^a]x", "bx", false],
    ["[\\d]", "1", false],
    ["[a-c]", "b", true],
    ["a.b", "axb", false],
    ["*", "line\nbreak", true],
  ];
  for (const [glob, name, matched] of matches) {
    it(`${glob} ${matched ? "matches" : "does not match"} ${JSON.stringify(name)}`, () => {
      assert.equal(segmentPattern(glob)!.test(name), matched);
    });
  }

  it("makes nothing of brackets that stand for nothing", () => {
    assert.equal(segmentPattern("[z-a]"), undefined);
  });

  it("matches a name without signs only by itself", () => {
    const name = fc.string({ unit: "binary" }).filter((text) => !/[*?[]/.test(text));
    fc.assert(
      fc.property(name, name, (pattern, text) => {
        assert.equal(segmentPattern(pattern)!.test(pattern), true);
        assert.equal(segmentPattern(pattern)!.test(text), text === pattern);
      }),
    );
  });
});
