import * as assert from "node:assert/strict";

import { checkInputs, withDefaults } from "../../../toolchain/providers/check";
import { Asset, Secret, Unknown } from "../../../toolchain/providers/property/value";
import type { PropertyTable } from "../../../toolchain/providers/table";

const table: PropertyTable = {
  name: { type: "string", required: true },
  size: { type: "integer" },
  flag: { type: "boolean", default: true },
  kind: { type: { choices: ["small", "large"] } },
  tags: { type: { map: "string" } },
  files: { type: { list: "asset" } },
  server: { type: { object: { host: { type: "string", required: true }, port: { type: "number", default: 22 } } } },
};

const problems = (inputs: Parameters<typeof checkInputs>[1]): string[] =>
  checkInputs({ inputs: table }, inputs).map(({ property, reason }) => `${property} ${reason}`);

describe("checkInputs", () => {
  it("accepts inputs that fit, and values that are not known yet", () => {
    const files = [new Asset({ text: "" }), Unknown.value];
    assert.deepEqual(problems({ name: Unknown.value, size: 3, kind: "small", tags: { a: "b" }, files }), []);
  });

  it("names every input that does not fit, with its place and what it has to be", () => {
    assert.deepEqual(
      problems({ size: 1.5, kind: "medium", tags: { a: 1 }, files: ["x"], server: { port: "22" }, nmae: "x" }),
      [
        "name is missing, and has to be given",
        "size is a number with a fraction, and has to be a whole number",
        'kind is "medium", and has to be one of small, large',
        "tags.a is a whole number, and has to be a text",
        "files[0] is a text, and has to be an asset",
        "server.host is missing, and has to be given",
        "server.port is a text, and has to be a number",
        "nmae is not known; known are name, size, flag, kind, tags, files, server",
      ],
    );
  });

  it("looks into secrets and does not show them", () => {
    assert.deepEqual(problems({ name: "x", size: new Secret("hunter2") }), [
      "size is a text, and has to be a whole number",
    ]);
  });
});

describe("checkInputs of an open table", () => {
  it("takes inputs that are not listed", () => {
    assert.deepEqual(checkInputs({ inputs: table, open: true }, { name: "x", other: [1] }), []);
  });
});

describe("withDefaults", () => {
  it("fills in what is missing, also inside of objects and secrets, and keeps what is given", () => {
    assert.deepEqual(withDefaults(table, { name: "x", server: new Secret({ host: "h" }) }), {
      name: "x",
      flag: true,
      server: new Secret({ host: "h", port: 22 }),
    });
    assert.deepEqual(withDefaults(table, { flag: false, server: { port: 2 } }), { flag: false, server: { port: 2 } });
  });
});
