import assert from "node:assert/strict";
import fc from "fast-check";
import { element, renderXml } from "../../../policies/report/xml";
import { readXml } from "./read-xml";

describe("renderXml", () => {
  it("indents elements, and leaves text as it is", () => {
    const document = element(
      "suites",
      { tests: 1 },
      element("case", { name: "a" }, element("out", {}, "x\n y")),
      element("case", {}),
    );
    assert.equal(
      renderXml(document),
      `<?xml version="1.0" encoding="UTF-8"?>
<suites tests="1">
  <case name="a">
    <out>x
 y</out>
  </case>
  <case/>
</suites>
`,
    );
  });

  it("is well-formed and says the same to another reader, whatever the text", () => {
    const texts = fc.sample(
      fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: fc.constantFrom(..."<>&\"'\r\n\t]]> \0\ud800x") })),
      500,
    );
    const read = readXml(texts.map((text) => renderXml(element("e", { a: text }, element("c", {}, text)))));
    read.forEach(({ attributes, children }, index) => {
      const carried = carriedByXml(texts[index]!);
      assert.equal(attributes["a"], carried);
      assert.equal(children[0]!.text, carried);
    });
  });
});

/** The text with U+FFFD for each character that XML 1.0 does not have. */
function carriedByXml(text: string): string {
  return Array.from(text, (character) => {
    const code = character.codePointAt(0)!;
    const allowed =
      [0x9, 0xa, 0xd].includes(code) ||
      (code >= 0x20 && code <= 0xd7ff) ||
      (code >= 0xe000 && code <= 0xfffd) ||
      code >= 0x10000;
    return allowed ? character : "\ufffd";
  }).join("");
}
