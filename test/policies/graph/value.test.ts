import assert from "node:assert";
import { inspect } from "node:util";

import { entry, list, text, truth, uncovered, wholeNumber } from "../../../policies/graph/read";
import { Secret, UNKNOWN } from "../../../policies/graph/value";

describe("Secret", () => {
  const secret = new Secret("p4ssw0rd");

  it("shows its value in no way of printing", () => {
    const shown = [
      String(secret),
      JSON.stringify({ secret }),
      inspect({ secret }),
      `${secret}`,
      inspect(Object.entries(secret)),
    ];
    assert.deepStrictEqual(
      shown.filter((one) => one.includes("p4ssw0rd")),
      [],
    );
  });

  it("is read through, however often it is covered", () => {
    assert.strictEqual(uncovered(new Secret(secret)), "p4ssw0rd");
  });
});

describe("reading properties", () => {
  it("tells what is not known from what is not there", () => {
    assert.deepStrictEqual(
      [
        text(UNKNOWN),
        text(undefined),
        truth(UNKNOWN),
        truth(null),
        wholeNumber(UNKNOWN),
        wholeNumber("x"),
        list(UNKNOWN),
      ],
      [UNKNOWN, undefined, UNKNOWN, undefined, UNKNOWN, undefined, UNKNOWN],
    );
  });

  it("does not know any part of what is not known", () => {
    assert.strictEqual(entry(UNKNOWN, "ports"), UNKNOWN);
  });

  it("takes numbers and truth as texts, as states of older providers hold them", () => {
    assert.deepStrictEqual(
      [wholeNumber("-1"), wholeNumber("80"), truth("true"), truth("false")],
      [-1, 80, true, false],
    );
  });

  it("finds no inherited property of an object", () => {
    assert.strictEqual(entry({}, "constructor"), undefined);
  });
});
