import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { renderXml } from "../../../../components/host/xml/render";
import { element, textElement, XmlElement } from "../../../../components/host/xml/tree";

const anyText = fc
  .oneof(
    fc.string({ unit: "grapheme", maxLength: 20 }),
    fc
      .array(fc.constantFrom(..."<>&\"' ;-]", "&amp;", "-->", "]]>", "<!--"), { maxLength: 8 })
      .map((all) => all.join("")),
  )
  .filter((text) => !/[\p{Cc}\p{Surrogate}\u{fffe}\u{ffff}]/u.test(text));

const { tree } = fc.letrec<{ tree: XmlElement }>((tie) => ({
  tree: fc
    .record({
      name: fc.constantFrom("rule", "system.webServer", "add"),
      attributes: fc.dictionary(fc.constantFrom("name", "value", "url"), anyText, {
        maxKeys: 3,
        noNullPrototype: true,
      }),
      children: fc.option(fc.array(tie("tree"), { maxLength: 2 }), { nil: [], maxDepth: 3 }),
    })
    .map(({ name, attributes, children }) => element(name, attributes, children)),
}));

const reader = `
import json, sys
import xml.etree.ElementTree as tree
def opened(e): return {"name": e.tag, "attributes": e.attrib, "children": [opened(c) for c in e]}
print(json.dumps([opened(tree.fromstring(text.encode())) for text in json.load(sys.stdin)]))
`;

/** What Python's reader makes of documents. */
const read = (documents: readonly string[]): unknown =>
  JSON.parse(execFileSync("python3", ["-c", reader], { input: JSON.stringify(documents), encoding: "utf8" }));

describe("renderXml", () => {
  it("writes what another program reads back", () => {
    const trees = fc.sample(tree, 200);
    assert.deepEqual(read(trees.map(renderXml)), JSON.parse(JSON.stringify(trees)));
  });

  it("writes texts that another program reads back", () => {
    const texts = fc.sample(anyText, 200).filter((text) => text !== "");
    const script = `
import json, sys
import xml.etree.ElementTree as tree
print(json.dumps([tree.fromstring(text.encode())[0].text for text in json.load(sys.stdin)]))
`;
    const input = JSON.stringify(texts.map((text) => renderXml(element("a", {}, [textElement("b", text)]))));
    assert.deepEqual(JSON.parse(execFileSync("python3", ["-c", script], { input, encoding: "utf8" })), texts);
  });

  it("indents elements and sets comments above", () =>
    assert.equal(
      renderXml({ ...element("a", { b: 'c"<' }, [element("d")]), comment: "why\nand how" }),
      [
        '<?xml version="1.0" encoding="UTF-8"?>',
        "<!--",
        "  why",
        "  and how",
        "-->",
        '<a b="c&quot;&lt;">',
        "  <d />",
        "</a>",
        "",
      ].join("\n"),
    ));

  it("refuses what XML cannot carry", () => {
    assert.throws(() => renderXml(element("a", { b: "line\nbreak" })), /XML cannot carry "line\\nbreak"/);
    assert.throws(() => renderXml(element("a", { b: "\u0001" })), /XML cannot carry/);
    assert.throws(() => renderXml(element("a b")), /is no name of XML/);
    assert.throws(() => renderXml({ ...element("a"), comment: "a--b" }), /no comment of XML/);
  });
});
