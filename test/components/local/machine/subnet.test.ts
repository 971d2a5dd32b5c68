import assert from "node:assert/strict";
import fc from "fast-check";
import {
  addressIn,
  chooseNumber,
  chooseSubnet,
  parseRange,
  type Range,
} from "../../../../components/local/machine/subnet";

const ids = fc.stringMatching(/^[0-9a-f]{8}$/);
const octet = fc.integer({ min: 0, max: 255 });
const cidrs = fc
  .tuple(octet, octet, octet, octet, fc.integer({ min: 8, max: 32 }))
  .map(([a, b, c, d, bits]) => `${a}.${b}.${c}.${d}/${bits}`);
const range = (text: string): Range => parseRange(text) ?? assert.fail(`${text} is no range`);

describe("chooseSubnet", () => {
  it("overlaps nothing that the computer has a route for", () => {
    fc.assert(
      fc.property(ids, fc.array(cidrs, { maxLength: 20 }), (id, taken) => {
        const chosen = range(chooseSubnet(id, taken));
        for (const other of taken.map(range)) assert.ok(chosen.last < other.first || other.last < chosen.first);
      }),
    );
  });

  it("is private and a /24", () => {
    fc.assert(
      fc.property(ids, (id) => {
        assert.match(chooseSubnet(id, []), /^10\.(?:6[4-9]|[789]\d|1[01]\d|12[0-7])\.\d+\.0\/24$/);
      }),
    );
  });

  it("is the same each time", () => {
    assert.equal(chooseSubnet("0badcafe", ["192.168.1.0/24"]), chooseSubnet("0badcafe", []));
  });

  it("differs between stacks", () => {
    assert.notEqual(chooseSubnet("00000001", []), chooseSubnet("00000002", []));
  });

  it("passes over the default route and what is not IPv4", () => {
    assert.equal(chooseSubnet("0badcafe", ["0.0.0.0/0", "default", "fe80::/64"]), chooseSubnet("0badcafe", []));
  });

  it("leaves 10/8 alone where a VPN has all of it", () => {
    assert.match(chooseSubnet("0badcafe", ["10.0.0.0/8"]), /^172\./);
  });

  it("says so when nothing is free", () => {
    const everything = ["10.0.0.0/8", "172.16.0.0/12", "100.64.0.0/10", "198.18.0.0/15", "192.168.0.0/16"];
    assert.throws(() => chooseSubnet("0badcafe", everything), /no free private network/);
  });
});

describe("addressIn", () => {
  it("counts from the start of the network", () => {
    assert.equal(addressIn("10.64.7.0/24", 254), "10.64.7.254");
  });
});

describe("chooseNumber", () => {
  it("takes the lowest that is free, leaving 1 to the computer", () => {
    assert.deepEqual([chooseNumber([]), chooseNumber([2, 3, 5])], [2, 4]);
  });

  it("says when the network is full", () => {
    assert.throws(() => chooseNumber(Array.from({ length: 253 }, (_, index) => index + 2)), /network is full/);
  });
});

describe("parseRange", () => {
  for (const text of ["10.0.0.256", "10.0.0.0/33", "10.0.0", "::1", ""]) {
    it(`refuses ${JSON.stringify(text)}`, () => assert.equal(parseRange(text), undefined));
  }

  it("widens an address to the network that it lies in", () => {
    assert.deepEqual(parseRange("10.1.2.3/16"), parseRange("10.1.0.0/16"));
  });
});
