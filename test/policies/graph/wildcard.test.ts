import assert from "node:assert/strict";
import fc from "fast-check";

import { wildcardCovers, wildcardMatches } from "../../../policies/graph/wildcard";

const pattern = fc.string({ unit: fc.constantFrom("a", "b", "*", "?"), maxLength: 8 });
const text = fc.string({ unit: fc.constantFrom("a", "b"), maxLength: 8 });

describe("patterns of load balancers and CDNs", () => {
  it("match as the regular expressions do that say the same", () => {
    fc.assert(
      fc.property(pattern, text, (wild, given) => {
        const expression = new RegExp(`^${wild.replaceAll("?", ".").replaceAll("*", ".*")}$`);
        assert.equal(wildcardMatches(wild, given), expression.test(given));
      }),
    );
  });

  it("match all that those match which they cover", () => {
    fc.assert(
      fc.property(pattern, pattern, text, (wide, narrow, given) => {
        fc.pre(wildcardCovers(wide, narrow) && wildcardMatches(narrow, given));
        assert.ok(wildcardMatches(wide, given));
      }),
    );
  });
});
