import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { renderCaddy } from "../../../../components/host/caddy/render";
import { caddy, caddyBlock, caddyNoted, placeholder } from "../../../../components/host/caddy/tree";
import { caddyWord } from "../../../../components/host/caddy/word";
import { caddyProgram } from "../debian-program";

/** Any text that a Caddyfile can carry, among it what means something to Caddy. */
const anyText = fc
  .oneof(
    fc.string({ unit: "grapheme", maxLength: 30 }),
    fc.array(fc.constantFrom(..."\"'\\`<># $()a@*|", "import", "<<EOF"), { maxLength: 12 }).map((all) => all.join("")),
  )
  .filter((text) => !/[\p{Cc}\p{Surrogate}{}]/u.test(text) && !(text.includes("`") && text.includes("\\")));

describe("words of a Caddyfile", () => {
  const table: [value: string, expected: string][] = [
    ["/app/*", "/app/*"],
    ["", "``"],
    ["two words", "`two words`"],
    ['say "yes"', '`say "yes"`'],
    ['`a` "b"', '"`a` \\"b\\""'],
    ["back\\slash\\", "`back\\slash\\`"],
    ["#a", "`#a`"],
  ];
  for (const [value, expected] of table)
    it(`are written ${expected} for ${JSON.stringify(value)}`, () => assert.equal(caddyWord(value), expected));

  const refused: [value: string, message: RegExp][] = [
    ["x\nimport /etc/passwd", /cannot carry a newline/],
    ["{$HOME}", /cannot carry a brace/],
    ["{env.HOME}", /cannot carry a brace/],
    ["x\ud800", /the character U\+D800/],
    ["`\\", /both a backslash and a backquote/],
  ];
  for (const [value, message] of refused)
    it(`refuse ${JSON.stringify(value)}`, () => assert.throws(() => caddyWord(value), message));

  it("are read back by a real Caddy as they were given", function () {
    this.timeout(120_000); // the package may have to be fetched
    const texts = fc.sample(anyText, 200).filter((text) => text !== "");
    const headers = texts.map((text, index) => caddyNoted("as {$HOME} it is", caddy("header", `X-${index}`, text)));
    const input = renderCaddy([caddyBlock(["http://a.example.com"], headers)]);
    const { program, env } = caddyProgram();
    const folder = mkdtempSync(join(tmpdir(), "landfall-caddy-"));
    writeFileSync(join(folder, "Caddyfile"), input);
    const words = ["adapt", "--config", join(folder, "Caddyfile"), "--adapter", "caddyfile"];
    const adapted = execFileSync(program, words, { env, stdio: "pipe" });
    rmSync(folder, { recursive: true });
    const found = new Map<string, string>();
    JSON.parse(String(adapted), (key, value: unknown) => {
      if (/^X-\d+$/.test(key)) found.set(key, (value as string[])[0]!);
      return value;
    });
    assert.deepEqual(
      texts.map((_, index) => found.get(`X-${index}`)),
      texts,
    );
  });
});

describe("the text of a Caddyfile", () => {
  it("has placeholders only where they are meant", () => {
    assert.equal(renderCaddy([caddy("header_up", "X", placeholder("remote_host"))]), "header_up X {remote_host}\n");
    assert.throws(() => placeholder("a} {b"), /is not the name of a placeholder/);
  });
});
