import assert from "node:assert/strict";
import fc from "fast-check";
import { balancerName } from "../../../../components/aws/load-balancer/balancer-name";

describe("balancerName", () => {
  it("leaves what fits as it is", () => {
    assert.equal(balancerName("web", "dashboard"), "web-dashboard");
    assert.equal(balancerName("x".repeat(24)), "x".repeat(24));
  });

  it("cuts what is too long, and tells apart what is the same up to there", () => {
    const one = balancerName("example-production", "dashboard-of-sales");
    const other = balancerName("example-production", "dashboard-of-stock");
    assert.match(one, /^example-product-[0-9a-f]{8}$/);
    assert.notEqual(one, other);
  });

  it("tells apart what only differs in letters that AWS refuses", () =>
    assert.notEqual(balancerName("web.shop"), balancerName("web_shop")));

  it("does not begin as AWS's own names do", () => assert.match(balancerName("internal-web"), /^web-[0-9a-f]{8}$/));

  it("always leaves room for a hyphen and 7 digits in a name that AWS takes", () => {
    const word = fc.oneof(fc.string(), fc.stringMatching(/^(?:internal-)?[a-zA-Z0-9._-]{0,40}$/));
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 3 }), (words) => {
        assert.match(
          `${balancerName(...words)}-0123456`,
          /^(?!internal-)[A-Za-z0-9](?:[A-Za-z0-9-]{0,30})[A-Za-z0-9]$/,
        );
      }),
    );
  });
});
