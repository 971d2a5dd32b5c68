import assert from "node:assert/strict";
import { isWide, leastPrefix } from "../../../components/aws/wide-network";

describe("isWide", () => {
  for (const cidr of ["0.0.0.0/0", "128.0.0.0/1", "64.0.0.0/7", "::/0", "2000::/3", "2000::/15"]) {
    it(`holds ${cidr} for a large part of the Internet`, () => {
      assert.ok(isWide(cidr));
    });
  }
  for (const cidr of ["10.0.0.0/8", "203.0.113.7/32", "2001::/16", "2001:db8::/32"]) {
    it(`does not hold ${cidr} for one`, () => {
      assert.ok(!isWide(cidr));
    });
  }

  it("knows the least prefix length of each family", () => {
    assert.deepEqual([leastPrefix("0.0.0.0/0"), leastPrefix("::/0")], [8, 16]);
  });
});
