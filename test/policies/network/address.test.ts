import assert from "node:assert";
import fc from "fast-check";

import { addressRange, contains, isLoopback, isWorld } from "../../../policies/network/address";

const range = (cidr: string) => addressRange(cidr) ?? assert.fail(`${cidr} is no range`);

describe("addressRange", () => {
  for (const cidr of [
    "10.0.0.0/99",
    "10.0.0/8",
    "300.0.0.0/8",
    "::/129",
    "fe80::1%eth0/64",
    "10.0.0.0/8/8",
    "10.0.0.0/",
    "",
    "anywhere",
  ])
    it(`takes ${JSON.stringify(cidr)} for no range`, () => {
      assert.strictEqual(addressRange(cidr), undefined);
    });

  it("takes an address for a range of one", () => {
    assert.deepStrictEqual(addressRange("10.0.0.1"), { family: "ipv4", address: "10.0.0.1", prefix: 32 });
  });
});

describe("isWorld", () => {
  for (const cidr of ["0.0.0.0/0", "::/0", "1.2.3.4/0", "0.0.0.0/1", "128.0.0.0/1", "2000::/3", "64.0.0.0/7"])
    it(`finds the world in ${cidr}`, () => assert.ok(isWorld(range(cidr))));

  for (const cidr of ["10.0.0.0/8", "203.0.113.7/32", "10.0.0.0/08", "fd00::/12", "2001:db8::/32"])
    it(`does not find the world in ${cidr}`, () => assert.ok(!isWorld(range(cidr))));
});

describe("contains", () => {
  const ipv4 = fc.tuple(fc.ipV4(), fc.integer({ min: 0, max: 32 })).map(([address, prefix]) => `${address}/${prefix}`);

  it("holds for each address of a range, by arithmetic on its bits", () => {
    const bits = (address: string) => address.split(".").reduce((sum, byte) => sum * 256 + Number(byte), 0);
    fc.assert(
      fc.property(ipv4, fc.ipV4(), (cidr, address) => {
        const { address: network, prefix } = range(cidr);
        const size = 2 ** (32 - prefix);
        const inside = Math.floor(bits(address) / size) === Math.floor(bits(network) / size);
        assert.strictEqual(contains(range(cidr), range(address)), inside);
      }),
    );
  });

  it("never holds for a wider range in a narrower one", () => {
    fc.assert(
      fc.property(ipv4, ipv4, (one, other) => {
        fc.pre(range(one).prefix > range(other).prefix);
        assert.ok(!contains(range(one), range(other)));
      }),
    );
  });

  it("never holds between families", () => {
    assert.ok(!contains(range("0.0.0.0/0"), range("::1/128")));
  });
});

describe("isLoopback", () => {
  for (const host of ["127.0.0.1", "127.9.9.9", "[::1]", "::1", "localhost", "APP.localhost"])
    it(`takes ${host} for the machine itself`, () => assert.ok(isLoopback(host)));

  for (const host of [
    "0.0.0.0",
    "10.0.0.1",
    "128.0.0.1",
    "localhost.example.com",
    "127.0.0.1.example.com",
    "*",
    "",
    "127.0.0.0/8",
  ])
    it(`does not take ${JSON.stringify(host)} for the machine itself`, () => assert.ok(!isLoopback(host)));
});
