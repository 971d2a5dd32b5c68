import assert from "node:assert";
import fc from "fast-check";

import { covered, protocolName } from "../../../policies/network/protocol";

const ports = fc.integer({ min: 0, max: 40 });
const range = fc.tuple(ports, ports).map(([one, other]) => ({ from: Math.min(one, other), to: Math.max(one, other) }));

/** Each port of a range. */
const each = ({ from, to }: { from: number; to: number }) =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);

describe("protocolName", () => {
  it("calls a protocol the same by name and by number", () => {
    assert.deepStrictEqual(["-1", "all", "6", "TCP", "17", "58", "47"].map(protocolName), [
      "all",
      "all",
      "tcp",
      "tcp",
      "udp",
      "icmpv6",
      "47",
    ]);
  });
});

describe("covered", () => {
  it("holds when each port is in one of the ranges, and only then", () => {
    fc.assert(
      fc.property(range, fc.array(range), (wanted, open) => {
        const all = new Set(open.flatMap(each));
        assert.strictEqual(
          covered(wanted, open),
          each(wanted).every((port) => all.has(port)),
        );
      }),
    );
  });
});
