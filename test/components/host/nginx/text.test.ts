import assert from "node:assert/strict";
import fc from "fast-check";
import { expression, literal, pattern, verbatim } from "../../../../components/host/nginx/expression";
import { parse, NginxSyntaxError, ParsedDirective } from "../../../../components/host/nginx/parse";
import { render } from "../../../../components/host/nginx/render";
import { because, block, Directive, directive } from "../../../../components/host/nginx/tree";
import { word } from "../../../../components/host/nginx/word";

/** Any text that nginx can carry. */
const carriable = fc.string({ unit: "grapheme", maxLength: 30 }).filter((text) => !/[\p{Cc}\p{Surrogate}]/u.test(text));

/** Text made of what means something to nginx. */
const nasty = fc
  .array(fc.constantFrom(..."{};#'\"\\$ \t()nrt~*", "${", "a", "}", "\\n", "$host"), { maxLength: 12 })
  .map((parts) => parts.join(""))
  .filter((text) => !text.includes("\t"));

const anyWord = fc.oneof(carriable, nasty);

const { tree } = fc.letrec<{ tree: Directive[]; node: Directive }>((tie) => ({
  tree: fc.array(tie("node"), { maxLength: 4, depthIdentifier: "nginx" }),
  node: fc
    .record({
      name: anyWord,
      args: fc.array(anyWord, { maxLength: 3 }),
      block: fc.option(tie("tree"), { nil: undefined, depthIdentifier: "nginx", maxDepth: 3 }),
      comment: fc.option(
        fc.array(carriable, { minLength: 1, maxLength: 2 }).map((lines) => lines.join("\n")),
        {
          nil: undefined,
        },
      ),
    })
    .map(({ name, args, block: inner, comment }) => ({
      name,
      args,
      ...(inner ? { block: inner } : {}),
      ...(comment === undefined ? {} : { comment }),
    })),
}));

describe("word", () => {
  const table: [value: string, expected: string][] = [
    ["60s", "60s"],
    ["", '""'],
    ["two words", '"two words"'],
    ["a;b", '"a;b"'],
    ['say "yes"', `'say "yes"'`],
    [`both ' and "`, `"both ' and \\""`],
    ["\\d+", '"\\d+"'],
    ["\\n", '"\\\\n"'],
    ["end\\", '"end\\\\"'],
    ["# no comment", '"# no comment"'],
    ["a}b", '"a}b"'],
  ];
  for (const [value, expected] of table) {
    it(`writes ${JSON.stringify(value)} as ${expected}`, () => assert.equal(word(value), expected));
  }

  const refused: [value: string, what: string][] = [
    ["x\nSet-Cookie: a=b", "a newline"],
    ["x\0", "NUL"],
    ["x\r", "the character U+000D"],
    ["x\t", "the character U+0009"],
    ["x\x7f", "the character U+007F"],
    ["x\ud800", "the character U+D800"],
  ];
  for (const [value, what] of refused) {
    it(`refuses ${what}`, () =>
      assert.throws(() => word(value), {
        message: new RegExp(`^nginx cannot carry ${what.replace("+", "\\+")} in "x`),
      }));
  }

  it("refuses what is longer than nginx's buffer", () => {
    assert.equal(word("x".repeat(4095)).length, 4095);
    assert.throws(() => word("é".repeat(2048)), /cannot read a word of 4098 bytes .*; its limit is 4095/);
  });
});

describe("parse", () => {
  it("reads back every tree that is rendered", () => {
    fc.assert(
      fc.property(tree, (directives) => {
        assert.deepEqual(withoutLines(parse(render(directives))), directives);
      }),
      { numRuns: 500 },
    );
  });

  it("reads back every plain text, dollar signs and all", () => {
    fc.assert(
      fc.property(anyWord, (text) => {
        const [read] = parse(render([directive("add_header", "X", text)]));
        assert.equal(read?.args[1]?.replaceAll("${landfall_dollar}", "$"), text);
      }),
    );
  });

  it("reads comments, quotes, escapes and braces as nginx does", () => {
    const text = [
      "# first",
      "#second",
      "user www-data; # behind",
      `log_format 'a b' "it's \\"here\\"" '\\t' un\\;quoted \${host}x{`,
      '  if ($a = "b") { return 444; }',
      "}",
    ].join("\n");
    assert.deepEqual(parse(text), [
      { name: "user", args: ["www-data"], comment: "first\nsecond", line: 3 },
      {
        name: "log_format",
        args: ["a b", `it's "here"`, "\t", "un\\;quoted", "${host}x"],
        line: 4,
        block: [
          { name: "if", args: ["($a", "=", "b", ")"], line: 5, block: [{ name: "return", args: ["444"], line: 5 }] },
        ],
      },
    ]);
  });

  const broken: [text: string, line: number, reason: RegExp][] = [
    ["a {\nb;\n", 3, /unexpected end of file, expecting "}"/],
    ["a\nb", 2, /unexpected end of file, expecting ";" or "}"/],
    ["a;\n}", 2, /unexpected "}"/],
    ["a }", 1, /unexpected "}", expecting ";"/],
    [";", 1, /unexpected ";"/],
    ['\na "b\n', 2, /no closing quote/],
    ['a "b"c;', 1, /unexpected "c" after a closing quote/],
  ];
  for (const [text, line, reason] of broken) {
    it(`refuses ${JSON.stringify(text)}, as nginx does`, () => {
      assert.throws(
        () => parse(text),
        (error) => error instanceof NginxSyntaxError && error.line === line && reason.test(error.message),
      );
    });
  }
});

describe("render", () => {
  it("indents blocks and sets comments above", () => {
    const server = block("server", [], [because("why\nand how", directive("listen", 80)), block("types", [], [])]);
    assert.equal(
      render([directive("user", "www-data"), server]),
      ["user www-data;", "", "server {", "    # why", "    # and how", "    listen 80;", "    types {}", "}", ""].join(
        "\n",
      ),
    );
  });

  it("refuses a comment that would start another line", () => {
    assert.throws(() => render([because("a\rb", directive("x"))]), /cannot hold control characters/);
  });
});

describe("expression", () => {
  it("keeps dollar signs that are put in", () => {
    assert.equal(expression`/${"a$b"}$is_args`.token, "/a${landfall_dollar}b$is_args");
  });

  it("keeps a variable apart from what follows it", () => {
    assert.equal(expression`$host${"name"}`.token, "${host}name");
  });
});

describe("literal", () => {
  it("leaves nothing that nginx would read as a variable but the dollar sign's own", () => {
    fc.assert(fc.property(anyWord, (text) => !literal(text).replaceAll("${landfall_dollar}", "").includes("$")));
  });
});

describe("pattern", () => {
  it("matches what is put in, and only that", () => {
    fc.assert(
      fc.property(anyWord, anyWord, (text, other) => {
        const compiled = new RegExp(pattern`^${text}$`.token);
        assert.ok(compiled.test(text));
        assert.equal(compiled.test(other), other === text);
      }),
    );
  });
});

describe("verbatim", () => {
  it("changes nothing", () => assert.equal(verbatim("\\.php$").token, "\\.php$"));
});

function withoutLines(directives: readonly ParsedDirective[]): Directive[] {
  return directives.map(({ line, block: inner, ...rest }) => {
    assert.ok(line > 0);
    return inner ? { ...rest, block: withoutLines(inner) } : rest;
  });
}
