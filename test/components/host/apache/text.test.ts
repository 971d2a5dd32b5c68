import assert from "node:assert/strict";
import { get } from "node:http";
import fc from "fast-check";
import { renderApache } from "../../../../components/host/apache/render";
import { literalFormat } from "../../../../components/host/apache/text";
import { apache, noted, section } from "../../../../components/host/apache/tree";
import { apacheWord } from "../../../../components/host/apache/word";
import { WebServer } from "../../../../components/host/web-server/web-server";
import { RunningWebServer } from "../web-server/running-web-server";

/** Any text that httpd can carry, among it what means something to it. */
const anyText = fc
  .oneof(
    fc.string({ unit: "grapheme", maxLength: 30 }),
    fc
      .array(fc.constantFrom(..."\"'\\<>#$% {}()an|*", "a", "</Location>"), { maxLength: 12 })
      .map((all) => all.join("")),
  )
  .filter((text) => !/[\p{Cc}\p{Surrogate}]/u.test(text) && !text.includes("${"));

describe("words of httpd", () => {
  const table: [value: string, expected: string][] = [
    ["/app/", "/app/"],
    ["", '""'],
    ["two words", '"two words"'],
    ['say "yes"', '"say \\"yes\\""'],
    ["back\\slash\\", '"back\\\\slash\\\\"'],
    ["<a>", '"<a>"'],
    ["#a", '"#a"'],
  ];
  for (const [value, expected] of table) {
    it(`are written ${expected} for ${JSON.stringify(value)}`, () => assert.equal(apacheWord(value), expected));
  }

  const refused: [value: string, message: RegExp][] = [
    ["x\nInclude /etc/passwd", /httpd cannot carry a newline/],
    ["x\0", /NUL/],
    ["x\ud800", /the character U\+D800/],
    ["${HOME}", /as a variable/],
    ["x".repeat(4097), /no word of 4097 bytes/],
  ];
  for (const [value, message] of refused) {
    it(`refuse ${JSON.stringify(value.slice(0, 20))}`, () => assert.throws(() => apacheWord(value), message));
  }

  it("are read back by a real httpd as they were given", async function () {
    this.timeout(60_000);
    // Header values have no spaces at their ends.
    const texts = fc
      .sample(anyText, 300)
      .map((text) => text.trim())
      .filter((text) => text !== "" && !/^expr=/i.test(text))
      .slice(0, 80);
    assert.ok(texts.length > 40);
    const snippet = renderApache(
      texts.map((text, index) => apache("Header", "set", `X-${index}`, literalFormat(text))),
    );
    const ports = { https: 1, http: 1 };
    const server = { kind: WebServer.Apache, domain: "a.example.com", from: "127.0.0.1", snippet, ports };
    const running = await RunningWebServer.start({ ...server, authorities: "" });
    try {
      const headers = await new Promise<Record<string, unknown>>((resolve, reject) => {
        const options = { host: "127.0.0.1", port: running.port, path: "/", maxHeaderSize: 1024 * 1024 };
        get(options, (response) => (response.resume(), resolve(response.headers))).once("error", reject);
      });
      const read = texts.map((_, index) => Buffer.from(String(headers[`x-${index}`]), "latin1").toString("utf8"));
      assert.deepEqual(read, texts);
    } finally {
      await running.stop();
    }
  });

  it("of mod_rewrite are not escaped, so that they hold no quote", () => {
    const rule = (pattern: string): string => renderApache([apache("RewriteRule", pattern, "-")]);
    assert.equal(rule("^/a\\.b c$"), 'RewriteRule "^/a\\.b c$" -\n');
    assert.throws(() => rule('a"b'), /mod_rewrite cannot carry a quote/);
  });

  it("never end the line that they are in", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const lines = renderApache([section("Location", [text], [apache("X", text)])]).split("\n");
        assert.equal(lines.length, 4);
      }),
    );
  });
});

describe("the text of httpd's directives", () => {
  it("indents sections and sets comments above", () =>
    assert.equal(
      renderApache([
        section("Location", ["/a b"], [noted("why\nand how", apache("ProxyPass", "http://127.0.0.1/"))]),
        apache("LimitRequestBody", 1024),
      ]),
      [
        '<Location "/a b">',
        "    # why",
        "    # and how",
        "    ProxyPass http://127.0.0.1/",
        "</Location>",
        "LimitRequestBody 1024",
        "",
      ].join("\n"),
    ));

  it("refuses names that are none, and comments that would go on", () => {
    assert.throws(() => renderApache([apache("Proxy Pass")]), /is no directive/);
    assert.throws(() => renderApache([noted("ends with \\", apache("Proxy"))]), /no comment can be/);
    assert.throws(() => renderApache([noted("two\rlines", apache("Proxy"))]), /no comment can be/);
  });
});
