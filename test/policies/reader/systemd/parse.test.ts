import assert from "node:assert/strict";
import fc from "fast-check";
import { render } from "../../../../components/host/systemd/render";
import { section, setting, unit } from "../../../../components/host/systemd/tree";
import { raw } from "../../../../components/host/systemd/word";
import { parseUnit } from "../../../../policies/reader/systemd/parse";

const placeOf = (line: number) => ({ file: "/u", line, sourceLine: null });
const read = (text: string): (string | number | null)[][] =>
  parseUnit(text, placeOf).settings.map(({ section: name, key, value, place }) => [name, key, value, place.line]);

describe("parseUnit", () => {
  const table: [text: string, expected: (string | number)[][]][] = [
    [
      "[Unit]\nA=b\n[Service]\nC = d e \n",
      [
        ["Unit", "A", "b", 2],
        ["Service", "C", "d e", 4],
      ],
    ],
    ["# a\n; b\n\n[S]\n  # c\nA=#d\n", [["S", "A", "#d", 6]]],
    [
      "[S]\nA=b \\\n  c\nD=e\n",
      [
        ["S", "A", "b    c", 2],
        ["S", "D", "e", 4],
      ],
    ],
    ["[S]\nA=b \\\n# no\n; no\n  c \\\n", [["S", "A", "b    c", 2]]],
    [
      "[S]\nA=b\\\\\nC=d",
      [
        ["S", "A", "b\\\\", 2],
        ["S", "C", "d", 3],
      ],
    ],
    ["[S]\r\nA=b\r\n", [["S", "A", "b", 2]]],
    [
      "\ufeff[S]\nA=\nA=b=c\n",
      [
        ["S", "A", "", 2],
        ["S", "A", "b=c", 3],
      ],
    ],
    [
      "[S]\nA=[x]\n[T]\n[S]\nB=1",
      [
        ["S", "A", "[x]", 2],
        ["S", "B", "1", 5],
      ],
    ],
  ];
  for (const [text, expected] of table) {
    it(`reads ${JSON.stringify(text)}`, () => assert.deepEqual(read(text), expected));
  }

  const faults: [text: string, expected: string][] = [
    ["A=b\n", "1 stands outside of any section, so systemd ignores it and what follows"],
    ["[S]\nabc\n", '2 has no "=", so systemd ignores it'],
    ["[S]\n=c\n", '2 has nothing before its "=", so systemd ignores it'],
    ["[S\nA=b", "1 begins like a section, but has no closing bracket at its end"],
    [`[S]\nA=${"b".repeat(1024 * 1024)}`, "2 is a line longer than the 1048576 characters that systemd reads"],
  ];
  for (const [text, expected] of faults) {
    it(`reports ${JSON.stringify(text.slice(0, 20))}`, () => {
      const [problem] = parseUnit(text, placeOf).problems;
      assert.equal(`${problem?.place.line} ${problem?.message}`, expected);
    });
  }

  it("reports a broken section once, not each of its lines", () => {
    for (const text of ["[S\nA=b\nC=d\n", "A=b\nC=d\n[S]\nE=f\n"])
      assert.equal(parseUnit(text, placeOf).problems.length, 1);
  });

  it("reads back what is rendered", () => {
    const value = fc.string({ unit: "grapheme", maxLength: 20 }).filter((text) => {
      return !/[\p{Cc}\p{Surrogate}]/u.test(text) && text === text.trim() && !text.endsWith("\\");
    });
    const name = fc.stringMatching(/^[A-Z][a-zA-Z]{0,10}$/);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(name, fc.array(fc.tuple(name, value), { minLength: 1 })), { minLength: 1 }),
        (sections) => {
          const text = render(
            unit(
              ...sections.map(([title, lines]) =>
                section(
                  title,
                  lines.map(([key, one]) => setting(key, raw(one))),
                ),
              ),
            ),
          );
          assert.deepEqual(
            parseUnit(text, placeOf).settings.map((one) => [one.section, one.key, one.value]),
            sections.flatMap(([title, lines]) => lines.map(([key, one]) => [title, key, one])),
          );
        },
      ),
    );
  });
});
