import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { referencePages, staleReference, writeReference } from "../../../../toolchain/package/reference/reference";

describe("the reference", () => {
  let checkout: string;

  beforeEach(() => {
    checkout = fs.mkdtempSync(path.join(os.tmpdir(), "landfall-reference-"));
    fs.mkdirSync(path.join(checkout, "components"));
  });

  afterEach(() => fs.rmSync(checkout, { recursive: true }));

  const write = (file: string, text: string): void => fs.writeFileSync(path.join(checkout, "components", file), text);

  const types = (): string => referencePages(checkout).find(({ file }) => file === "types.md")?.text ?? "";

  /** A component with one argument, which is all that differs between tests. */
  function argument(text: string, more = ""): void {
    write(
      "index.ts",
      `${more}
/** Arguments. */
export interface PondArgs {
  ${text}
}
/**
 * A pond.
 * @example new Pond("pond", {});
 */
export class Pond { constructor(name: string, args: PondArgs) {} }
`,
    );
  }

  const line = (): string | undefined =>
    referencePages(checkout)[0]
      ?.text.split("\n")
      .find((one) => one.startsWith("- **"));

  it("tells type, default and example of an optional property", () => {
    argument("/** How deep, in metres. @default 2 @example 3 */\n depth?: number;");
    assert.equal(line(), "- **`depth`**, `number`, by default 2: How deep, in metres. Example: `depth: 3`.");
  });

  it("takes an example from the sentence", () => {
    argument("/** Who lives there, e.g. `carp`. */\n animals: string[];");
    assert.equal(
      line(),
      '- **`animals`**, `string[]`, required: Who lives there, e.g. `carp`. Example: `animals: ["carp"]`.',
    );
  });

  it("makes an example of an interface from those of its required properties", () => {
    argument(
      "/** Its bank. */\n bank: Bank;",
      "/** A bank. */\nexport interface Bank {\n /** Plant, e.g. `reed`. */\n plant: string;\n /** Width. @default 1 */\n width?: number;\n}",
    );
    assert.equal(
      line(),
      '- **`bank`**, [`Bank`](types.md#bank), required: Its bank. Example: `bank: { plant: "reed" }`.',
    );
  });

  it("shows another member than the default one of a choice", () => {
    argument(
      "/** Water. @default Fresh */\n water?: Water;",
      '/** Kinds of water. */\nexport const Water = {\n /** Of rivers. */\n Fresh: "fresh",\n /** Of seas. */\n Salt: "salt",\n} as const;\nexport type Water = (typeof Water)[keyof typeof Water];',
    );
    assert.match(line() ?? "", /Example: `water: Water\.Salt`\.$/);
    assert.match(types(), /- `Water\.Fresh`, "fresh": Of rivers\./);
  });

  it("describes inherited properties before own ones", () => {
    write("base.ts", "export interface PlaceArgs {\n /** Where, e.g. `garden`. */\n place: string;\n}\n");
    argument("", 'import { PlaceArgs } from "./base";');
    const text = fs.readFileSync(path.join(checkout, "components/index.ts"), "utf8");
    write("index.ts", text.replace("interface PondArgs", "interface PondArgs extends PlaceArgs"));
    assert.match(line() ?? "", /^- \*\*`place`\*\*/);
  });

  it("keeps an at sign inside an example", () => {
    argument('/** Whom to ask. @default nobody @example "owner@example.com" */\n contact?: string;');
    assert.match(line() ?? "", /Example: `contact: "owner@example\.com"`\.$/);
  });

  it("names everything that is missing at once", () => {
    argument("depth?: number;", "export interface Left { other: Elsewhere }");
    assert.throws(() => referencePages(checkout), {
      message: [
        "the library's doc comments has 6 problems:",
        "  Left            has no doc comment; say in a sentence what it is",
        "  Left.other      has no doc comment; say in a sentence what it is",
        "  Left.other      has the type Elsewhere, which is not exported; export it as well",
        "  PondArgs.depth  has no doc comment; say in a sentence what it is",
        "  PondArgs.depth  has no default; say after @default what holds when it is left out",
        "  PondArgs.depth  has no example; give one after @example, or as e.g. `…` in the comment",
      ].join("\n"),
    });
  });

  it("finds pages that are missing, changed or left over", () => {
    argument("/** How deep. @default 2 */\n depth?: number;");
    writeReference(checkout);
    assert.deepEqual(staleReference(checkout), []);
    const folder = path.join(checkout, "docs/reference");
    fs.rmSync(path.join(folder, "presets.md"));
    fs.appendFileSync(path.join(folder, "types.md"), "more");
    fs.writeFileSync(path.join(folder, "old.md"), "");
    assert.deepEqual(staleReference(checkout), [
      "docs/reference/old.md",
      "docs/reference/presets.md",
      "docs/reference/types.md",
    ]);
  });
});
