import * as assert from "node:assert/strict";

import { matchGlob } from "../../../../toolchain/providers/command/glob";

const matching = (pattern: string, paths: string[]): string[] => paths.filter(matchGlob(pattern));

describe("matchGlob", () => {
  const paths = ["a.txt", "b.js", "src/a.txt", "src/deep/c.js", "[x].txt", "a-b.txt"];

  it("keeps * within one part and takes ** across parts", () => {
    assert.deepEqual(matching("*.txt", paths), ["a.txt", "[x].txt", "a-b.txt"]);
    assert.deepEqual(matching("src/**", paths), ["src/a.txt", "src/deep/c.js"]);
    assert.deepEqual(matching("**.js", paths), ["b.js", "src/deep/c.js"]);
  });

  it("knows single characters, sets and alternatives", () => {
    assert.deepEqual(matching("?.txt", paths), ["a.txt"]);
    assert.deepEqual(matching("[ab].*", paths), ["a.txt", "b.js"]);
    assert.deepEqual(matching("[!a].*", paths), ["b.js"]);
    assert.deepEqual(matching("{a.txt,src/{a.txt,deep/*}}", paths), ["a.txt", "src/a.txt", "src/deep/c.js"]);
  });

  it("takes characters after a backslash as they are", () => {
    assert.deepEqual(matching("\\[x\\].txt", paths), ["[x].txt"]);
  });

  it("matches whole paths only, and gives no meaning to regular expressions", () => {
    assert.deepEqual(matching("a", paths), []);
    assert.deepEqual(matching("a.tx+", paths), []);
  });

  it("says what is open", () => {
    assert.throws(() => matchGlob("a[b"), /"a\[b" has "\[" without "\]"/);
    assert.throws(() => matchGlob("a{b"), /"a\{b" has "\{" without "\}"/);
  });
});
