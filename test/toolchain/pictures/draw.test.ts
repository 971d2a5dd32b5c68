import assert from "node:assert/strict";
import fc from "fast-check";
import { draw } from "../../../toolchain/pictures/draw";

const textsOf = (svg: string): string[] =>
  [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text = ""]) =>
    text.replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code))).replaceAll("&quot;", '"'),
  );

describe("draw", function () {
  this.timeout(20_000);

  it("shows what is written on things and on what leads from one to another, and draws it the same each time", async () => {
    const graph = {
      nodes: [
        { id: "a", lines: ["www.example.com"] },
        { id: "b", lines: ["Server", "t3.small"] },
      ],
      edges: [{ from: "a", to: "b", label: "443" }],
    };
    const svg = await draw(graph);
    assert.deepEqual(textsOf(svg).sort(), ["443", "Server", "t3.small", "www.example.com"]);
    assert.equal(await draw(graph), svg);
  });

  it("lets nothing out of its place", async () => {
    const hostile = fc.string({ unit: fc.constantFrom('"', "\\", "n", "l", "]", ";", "{", "}", "a", "-", ">") });
    await fc.assert(
      fc.asyncProperty(hostile.filter(Boolean), async (line) => {
        const svg = await draw({ nodes: [{ id: line, lines: [`x${line}x`] }], edges: [] });
        assert.deepEqual(
          textsOf(svg).map((text) => text.replaceAll("&gt;", ">").replaceAll("\u2011", "-")),
          [`x${line}x`],
        );
      }),
      { numRuns: 100 },
    );
  });
});
