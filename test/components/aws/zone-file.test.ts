import assert from "node:assert/strict";
import fc from "fast-check";
import { caa, characterString, domainName, zoneFile } from "../../../components/aws/zone-file";

/** What a reader of zone files makes of a text: three digits behind a backslash are a byte, anything else is itself. */
function read(text: string): string {
  const bytes: number[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const escape = /^\\(\d{3})/.exec(text.slice(at));
    if (escape) at += 3;
    else if (text[at] === "\\") at += 1;
    bytes.push(escape ? Number(escape[1]) : text.charCodeAt(at));
  }
  return Buffer.from(bytes).toString();
}

const anything = fc.string({ unit: "binary", maxLength: 60 });

describe("zoneFile", () => {
  it("writes records with full names, below its notes", () => {
    const records = [
      { name: "www.example.com", type: "A", data: "192.0.2.1" },
      { name: "_1.example.com.", type: "CNAME", data: domainName("_2.acm-validations.aws.") },
      { name: "example.com", type: "CAA", data: caa("issue", "letsencrypt.org") },
    ];
    assert.equal(
      zoneFile(records, ["two\nlines"]),
      `; two lines
www.example.com. 300 IN A 192.0.2.1
_1.example.com. 300 IN CNAME _2.acm-validations.aws.
example.com. 300 IN CAA 0 issue "letsencrypt.org"
`,
    );
  });

  it("lets no note and no name begin another line", () => {
    fc.assert(
      fc.property(anything, anything, (note, name) => {
        const lines = zoneFile([{ name, type: "A", data: "192.0.2.1" }], [note]).split("\n");
        assert.equal(lines.length, 3);
        assert.match(lines[0]!, /^; /);
        assert.match(lines[1]!, / 300 IN A 192\.0\.2\.1$/);
      }),
    );
  });
});

describe("characterString", () => {
  it("is read as what was written, whatever it is", () => {
    fc.assert(
      fc.property(anything, (text) => {
        const written = characterString(text);
        assert.match(written, /^"([^"\\]|\\\d{3})*"$/);
        assert.equal(read(written.slice(1, -1)), text);
      }),
    );
  });

  it("refuses what no record can hold", () => {
    assert.equal(characterString("é".repeat(127)).length, 2 + 127 * 8);
    assert.throws(() => characterString("é".repeat(128)), /a text of 256 bytes; a record can hold 255 of them/);
  });
});

describe("domainName", () => {
  it("ends with one dot, and leaves host names, wildcards and underscores as they are", () => {
    assert.equal(domainName("*.example.com"), "*.example.com.");
    assert.equal(domainName("_1.example.com."), "_1.example.com.");
  });

  it("is read as what was written, and has no letter that means anything in a zone file", () => {
    const label = anything.filter((text) => text !== "" && !text.includes("."));
    fc.assert(
      fc.property(fc.array(label, { minLength: 1, maxLength: 4 }), (labels) => {
        const written = domainName(labels.join("."));
        assert.match(written, /^([\w*-]|\\\d{3}|\.)+\.$/);
        assert.equal(read(written), `${labels.join(".")}.`);
      }),
    );
  });
});
