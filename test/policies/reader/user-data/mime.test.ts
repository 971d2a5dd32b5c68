import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { HostDraft } from "../../../../policies/reader/draft";
import { mimeParts } from "../../../../policies/reader/user-data/mime";
import { TypedText } from "../../../../policies/reader/user-data/text";

function read(lines: readonly string[]): { parts: TypedText[]; problems: string[] } {
  const draft = new HostDraft("data");
  const parts = mimeParts({ name: "data", content: lines.join("\n"), sourceLine: 1 }, draft);
  return { parts, problems: draft.problems.map(({ kind, message }) => `${kind} ${message}`) };
}

const head = ["MIME-Version: 1.0", 'Content-Type: multipart/mixed; boundary="b"', ""];

describe("mimeParts", () => {
  it("gives each part with its type, its name and the line it begins on", () => {
    const { parts, problems } = read([
      ...head,
      "--b",
      'Content-Type: text/x-shellscript; charset="utf-8"',
      'Content-Disposition: attachment; filename="setup.sh"',
      "",
      "#!/bin/sh",
      "true",
      "--b",
      "Content-Type: text/cloud-config",
      "Merge-Type: list(append)",
      "",
      "a: 1",
      "--b--",
    ]);
    assert.deepEqual(problems, []);
    assert.deepEqual(parts, [
      {
        name: "data, part 1 (setup.sh)",
        content: "#!/bin/sh\ntrue",
        sourceLine: 8,
        type: "text/x-shellscript",
        mergeType: null,
      },
      { name: "data, part 2", content: "a: 1", sourceLine: 14, type: "text/cloud-config", mergeType: "list(append)" },
    ]);
  });

  const encodings: [encoding: string, type: string, body: string][] = [
    ["7bit", "text/plain", "héllo"],
    ["base64", "text/plain", Buffer.from("héllo").toString("base64")],
    ["quoted-printable", "text/plain", "h=C3=A9l=\nlo"],
    ["base64", "application/x-gzip", gzipSync("héllo").toString("base64")],
  ];
  for (const [encoding, type, body] of encodings) {
    it(`decodes ${type} in ${encoding}`, () => {
      const { parts, problems } = read([
        ...head,
        "--b",
        `Content-Type: ${type}`,
        `Content-Transfer-Encoding: ${encoding}`,
        "",
        body,
        "--b--",
      ]);
      assert.deepEqual([problems, parts.map(({ content }) => content)], [[], ["héllo"]]);
    });
  }

  it("leaves it to the text to say what it is when it was packed", () => {
    const body = gzipSync("#!/bin/sh").toString("base64");
    const lines = [
      ...head,
      "--b",
      "Content-Type: application/gzip",
      "Content-Transfer-Encoding: base64",
      "",
      body,
      "--b--",
    ];
    assert.equal(read(lines).parts[0]?.type, null);
  });

  it("reads messages inside the message", () => {
    const inner = ["Content-Type: multipart/mixed; boundary=c", "", "--c", "", "one", "--c", "", "two", "--c--"];
    const { parts } = read([...head, "--b", ...inner, "--b--"]);
    assert.deepEqual(
      parts.map(({ name, content, sourceLine }) => [name, content, sourceLine]),
      [
        ["data, part 1, part 1", "one", 9],
        ["data, part 1, part 2", "two", 12],
      ],
    );
  });

  it("reads a header that goes over several lines", () => {
    const { parts } = read([
      "MIME-Version: 1.0",
      "Content-Type: multipart/mixed;",
      '  boundary="b"',
      "",
      "--b",
      "",
      "x",
      "--b--",
    ]);
    assert.deepEqual(
      parts.map(({ content }) => content),
      ["x"],
    );
  });

  const faults: [what: string, lines: string[], problem: string][] = [
    [
      "a message that ends in a part",
      [...head, "--b", "", "#cloud-config"],
      "broken is a multipart message without its closing boundary: it has been cut off",
    ],
    [
      "a message without its parts",
      [...head, "text"],
      "broken is a multipart message in which its boundary does not occur",
    ],
    [
      "a type without boundary",
      ["MIME-Version: 1.0", "Content-Type: multipart/mixed", "", "--b", "", "x", "--b--"],
      "broken is a multipart message whose Content-Type has no boundary",
    ],
    [
      "base64 that is none",
      [...head, "--b", "Content-Transfer-Encoding: base64", "", "???", "--b--"],
      "broken is said to be base64, but is none",
    ],
    [
      "gzip that is none",
      [...head, "--b", "Content-Type: application/gzip", "Content-Transfer-Encoding: base64", "", "YWFh", "--b--"],
      "broken the part is no valid gzip",
    ],
  ];
  for (const [what, lines, problem] of faults) {
    it(`reports ${what}`, () => assert.deepEqual(read(lines).problems, [problem]));
  }

  it("reports messages that are nested without end", () => {
    const nested = Array.from({ length: 20 }, (_, i) => [
      `Content-Type: multipart/mixed; boundary=b${i}`,
      "",
      `--b${i}`,
    ]).flat();
    assert.deepEqual(read(["MIME-Version: 1.0", ...nested]).problems.slice(-1), [
      "unread messages are nested more than 8 deep",
    ]);
  });

  it("gives back any texts that are put into a message", () => {
    const text = fc.string({ unit: "grapheme", maxLength: 60 }).map((one) => one.replace(/[\r\n]/g, " "));
    fc.assert(
      fc.property(fc.array(fc.array(text, { maxLength: 4 }), { minLength: 1, maxLength: 4 }), (bodies) => {
        const boundary = "=====never-in-a-text=====";
        const parts = bodies.flatMap((body) => [
          `--${boundary}`,
          "Content-Transfer-Encoding: base64",
          "",
          Buffer.from(body.join("\n")).toString("base64"),
        ]);
        const header = ["MIME-Version: 1.0", `Content-Type: multipart/mixed; boundary="${boundary}"`, ""];
        const found = read([...header, ...parts, `--${boundary}--`]);
        assert.deepEqual(found.problems, []);
        assert.deepEqual(
          found.parts.map(({ content }) => content),
          bodies.map((body) => body.join("\n")),
        );
      }),
    );
  });
});
