import fc from "fast-check";
import assert from "node:assert/strict";

import { atLeast } from "../../../toolchain/engine/versions";

describe("atLeast", () => {
  const number = fc.nat({ max: 300 });
  const version = fc.tuple(number, number, number).map((parts) => parts.join("."));

  it("holds for every version and itself, whatever follows the numbers", () => {
    fc.assert(fc.property(version, (one) => atLeast(one, one) && atLeast(`${one}-alpha.1+dirty`, one)));
  });

  it("holds in one direction for two different versions", () => {
    fc.assert(fc.property(version, version, (a, b) => a === b || atLeast(a, b) !== atLeast(b, a)));
  });

  it("compares by number, not by text", () => {
    assert.equal(atLeast("3.259.0", "3.26.0"), true);
    assert.equal(atLeast("1.9.9", "1.25.11"), false);
  });

  it("takes a missing number for 0, and no version at all for older than any", () => {
    assert.equal(atLeast("1.26", "1.26.0"), true);
    assert.equal(atLeast("devel", "0.0.0"), false);
  });
});
