import assert from "node:assert/strict";
import fc from "fast-check";
import { cidrFault, overlap, portsOf } from "../../../components/app/traffic";

describe("portsOf", () => {
  const fine: [string, number, number][] = [
    ["smtp", 25, 25],
    ["smtps", 465, 465],
    ["submission", 587, 587],
    ["ldap", 389, 389],
    ["ldaps", 636, 636],
    ["http", 80, 80],
    ["https", 443, 443],
    ["5432", 5432, 5432],
    ["8000-8010", 8000, 8010],
    ["1-65535", 1, 65535],
  ];
  for (const [port, from, to] of fine) {
    it(`reads ${port}`, () => {
      assert.deepEqual(portsOf(port), { from, to });
    });
  }

  for (const port of ["", "0", "65536", "8010-8000", "-1", "80-", "gopher", "constructor", "80 ", "1e3", "080-0x90"]) {
    it(`reads nothing in ${JSON.stringify(port)}`, () => {
      assert.equal(portsOf(port), undefined);
    });
  }
});

describe("cidrFault", () => {
  for (const cidr of [
    "10.0.0.0/8",
    "0.0.0.0/0",
    "203.0.113.7/32",
    "::/0",
    "2001:db8::/32",
    "::1/128",
    "::ffff:10.0.0.0/104",
  ]) {
    it(`takes ${cidr}`, () => {
      assert.equal(cidrFault(cidr), undefined);
    });
  }

  const faults: [string, string, string][] = [
    ["10.0.0.1", "is an address without a prefix length", 'write it as "10.0.0.1/32"'],
    ["::1", "is an address without a prefix length", 'write it as "::1/128"'],
    ["10.0.0.0/33", "has a wrong prefix length", "use a length from 0 to 32"],
    ["10.0.0.0/08", "has a wrong prefix length", "use a length from 0 to 32"],
    ["10.0.0.0/8/8", "is not an address range", 'write it like "10.0.0.0/8"'],
    ["300.0.0.0/8", "is not an address range", 'write it like "10.0.0.0/8"'],
    ["fe80::1%eth0/64", "has a zone", "leave out the zone after the percent sign"],
    ["10.0.0.5/8", "has address bits behind its first 8", `write the network's first address, or "10.0.0.5/32"`],
    [
      "2001:db8::1/32",
      "has address bits behind its first 32",
      `write the network's first address, or "2001:db8::1/128"`,
    ],
  ];
  for (const [cidr, reason, fix] of faults) {
    it(`says that ${cidr} ${reason}`, () => {
      assert.deepEqual(cidrFault(cidr), { reason, fix });
    });
  }

  it("takes every address as a range of one", () => {
    fc.assert(fc.property(fc.ipV4(), (address) => cidrFault(`${address}/32`) === undefined));
    fc.assert(fc.property(fc.ipV6(), (address) => cidrFault(`${address}/128`) === undefined));
  });
});

describe("overlap", () => {
  const port = fc.integer({ min: 1, max: 40 });
  const range = fc.tuple(port, port).map(([one, other]) => ({ from: Math.min(one, other), to: Math.max(one, other) }));
  const each = ({ from, to }: { from: number; to: number }): number[] =>
    Array.from({ length: to - from + 1 }, (_, index) => from + index);

  it("holds when two ranges share a port, and only then", () => {
    fc.assert(
      fc.property(range, range, (one, other) => {
        const shared = each(one).some((port) => each(other).includes(port));
        assert.equal(overlap(one, other), shared);
      }),
    );
  });
});
