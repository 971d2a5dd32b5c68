import * as assert from "node:assert/strict";
import * as fc from "fast-check";

import { LineStream } from "../../../../toolchain/providers/command/line-stream";

function linesOf(chunks: readonly Buffer[]): string[] {
  const lines: string[] = [];
  const stream = new LineStream((line) => lines.push(line));
  for (const chunk of chunks) stream.write(chunk);
  stream.end();
  return lines;
}

describe("LineStream", () => {
  it("gives the same lines however the bytes are cut, also within a character", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.array(fc.nat()), (text, cuts) => {
        const bytes = Buffer.from(text);
        const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
        const chunks = places.slice(1).map((end, index) => bytes.subarray(places[index], end));
        assert.deepEqual(linesOf(chunks), linesOf([bytes]));
      }),
    );
  });

  it("cuts at line ends of both kinds and passes on what has none", () => {
    assert.deepEqual(linesOf([Buffer.from("a\r\nb\n\nc")]), ["a", "b", "", "c"]);
  });

  it("shows a line without end in pieces", () => {
    assert.deepEqual(
      linesOf([Buffer.from("x".repeat(40_000))]).map((line) => line.length),
      [16_384, 16_384, 7_232],
    );
  });
});
