import assert from "node:assert/strict";
import { BlockList } from "node:net";
import fc from "fast-check";
import {
  AllocatedSubnet,
  allocateSubnets,
  ipv6Block,
  zoneLetters,
} from "../../../../components/aws/network/allocate-subnets";

/** A network's first address and length, from /16 to /24. */
const network = fc.tuple(fc.integer({ min: 16, max: 24 }), fc.nat({ max: 0xffffffff })).map(([length, address]) => {
  const first = Math.floor(address / 2 ** (32 - length)) * 2 ** (32 - length);
  return `${[24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256).join(".")}/${length}`;
});
const letters = fc.shuffledSubarray([...zoneLetters], { minLength: 2, maxLength: 3 });

/** First and last address, as numbers. */
function range(cidr: string): [first: number, last: number] {
  const [address = "", length] = cidr.split("/");
  const first = address.split(".").reduce((sum, byte) => sum * 256 + Number(byte), 0);
  return [first, first + 2 ** (32 - Number(length)) - 1];
}

const places = (subnets: readonly AllocatedSubnet[]): Map<string, string> =>
  new Map(subnets.map(({ key, cidr }) => [key, cidr]));

describe("allocateSubnets", () => {
  it("gives each zone a sixteenth in front for what is public, and one in the second half for what is private", () => {
    assert.deepEqual(allocateSubnets("10.0.0.0/16", ["a", "b"]), [
      { key: "public-a", tier: "public", letter: "a", block: 0, cidr: "10.0.0.0/20" },
      { key: "public-b", tier: "public", letter: "b", block: 1, cidr: "10.0.16.0/20" },
      { key: "private-a", tier: "private", letter: "a", block: 8, cidr: "10.0.128.0/20" },
      { key: "private-b", tier: "private", letter: "b", block: 9, cidr: "10.0.144.0/20" },
    ]);
  });

  it("leaves free what letters that are not there would have", () => {
    const taken = allocateSubnets("10.0.0.0/16", ["a", "b", "c"]).map(({ block }) => block);
    assert.deepEqual(taken, [0, 1, 2, 8, 9, 10]);
  });

  it("stays inside of the network, within AWS's sizes, and never overlaps", () => {
    fc.assert(
      fc.property(network, letters, (cidr, zones) => {
        const subnets = allocateSubnets(cidr, zones);
        const [networkFirst, networkLast] = range(cidr);
        const ranges = subnets.map((subnet) => range(subnet.cidr)).sort(([a], [b]) => a - b);
        assert.equal(subnets.length, zones.length * 2);
        for (const [index, [first, last]] of ranges.entries()) {
          assert.ok(first >= networkFirst && last <= networkLast);
          assert.ok(index === 0 || first > ranges[index - 1]![1]);
        }
        for (const subnet of subnets) {
          const [address = "", length] = subnet.cidr.split("/");
          assert.ok(Number(length) >= 16 && Number(length) <= 28);
          // Node reads it as a network that begins at that address.
          const block = new BlockList();
          block.addSubnet(address, Number(length));
          assert.ok(block.check(address));
        }
      }),
    );
  });

  it("moves and renumbers nothing when a zone is added, wherever it stands", () => {
    fc.assert(
      fc.property(network, letters, fc.constantFrom(...zoneLetters), fc.nat({ max: 3 }), (cidr, zones, more, place) => {
        fc.pre(!zones.includes(more));
        const after = places(allocateSubnets(cidr, [...zones.slice(0, place), more, ...zones.slice(place)]));
        for (const [key, subnet] of places(allocateSubnets(cidr, zones))) assert.equal(after.get(key), subnet);
      }),
    );
  });
});

describe("ipv6Block", () => {
  const blocks: [cidr: string, block: number, expected: string][] = [
    ["2001:db8:1a2b:3c00::/56", 0, "2001:db8:1a2b:3c00::/64"],
    ["2001:db8:1a2b:3c00::/56", 9, "2001:db8:1a2b:3c09::/64"],
    ["2001:db8:1a2b::/56", 10, "2001:db8:1a2b:a::/64"],
    ["2001:db8::/56", 0, "2001:db8::/64"],
    ["2001:db8::/56", 8, "2001:db8:0:8::/64"],
  ];
  for (const [cidr, block, expected] of blocks) {
    it(`writes network ${block} of ${cidr} as EC2 does`, () => {
      assert.equal(ipv6Block(cidr, block), expected);
    });
  }
});
