import assert from "node:assert/strict";
import fc from "fast-check";
import {
  bridgeName,
  checkMachineName,
  checkStackId,
  hostLink,
  machineTag,
  stackId,
} from "../../../../components/local/machine/names";

const ids = fc.stringMatching(/^[0-9a-f]{8}$/);
const numbers = fc.integer({ min: 2, max: 254 });

describe("names of local machines", () => {
  it("gives links at most the 15 characters that Linux takes", () => {
    fc.assert(
      fc.property(ids, numbers, (id, number) => {
        for (const link of [bridgeName(id), hostLink(machineTag(id, number))]) assert.ok(link.length <= 15, link);
      }),
    );
  });

  it("gives different machines different links", () => {
    fc.assert(
      fc.property(ids, numbers, ids, numbers, (idA, a, idB, b) => {
        const same = idA === idB && a === b;
        assert.equal(hostLink(machineTag(idA, a)) === hostLink(machineTag(idB, b)), same);
      }),
    );
  });

  it("tells two checkouts of the same stack apart", () => {
    assert.notEqual(stackId("landfall", "local", "/home/a"), stackId("landfall", "local", "/home/b"));
  });

  it("does not confuse parts that are split elsewhere", () => {
    assert.notEqual(stackId("ab", "c"), stackId("a", "bc"));
  });

  for (const name of [
    "",
    "A",
    "1a",
    "a-",
    "-a",
    "a_b",
    "a.b",
    "../x",
    "a b",
    "localhost",
    "a".repeat(64),
    7,
    undefined,
  ]) {
    it(`refuses ${JSON.stringify(name)} as a machine's name`, () => {
      assert.throws(() => checkMachineName(name), /is not a machine name/);
    });
  }

  it("takes the names that host names may be", () => {
    for (const name of ["a", "web-1", "a".repeat(63)]) assert.equal(checkMachineName(name), name);
  });

  it("refuses an id that would lead out of the state folder", () => {
    assert.throws(() => checkStackId("../../etc"), /8 hexadecimal digits/);
  });
});
