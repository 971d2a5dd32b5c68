import assert from "node:assert/strict";
import { problemText } from "../../../components/app/problem";
import { PlannedGroup, planTraffic } from "../../../components/aws/plan-traffic";
import type { TrafficArgs } from "../../../components/aws/traffic-args";

const problems = (traffic: PlannedGroup): string[] =>
  planTraffic(traffic).problems.map((problem) => `${problem.path}: ${problemText(problem)}`);
const networks = (count: number, family = "IPv4"): TrafficArgs[] =>
  Array.from({ length: count }, (_, index) => ({
    port: "https",
    peer: family === "IPv4" ? `10.0.${index}.0/24` : `2001:db8:${index.toString(16)}::/48`,
  }));
const groups = (count: number): TrafficArgs[] =>
  Array.from({ length: count }, (_, index) => ({ port: "https", group: { name: `g${index}`, id: `sg-${index}` } }));
const cloudfront = { port: "https", prefixList: { name: "cloudfront", id: "pl-3b927c52", weight: 55 } };
const fix = "give some of it to another group, or ask AWS for a higher quota and say it as rulesQuota";

describe("the quota of rules", () => {
  it("has room for 60 in each direction and family", () => {
    const all = [...networks(60), ...networks(60, "IPv6")];
    assert.deepEqual(problems({ ingress: all, egress: all }), []);
  });

  for (const family of ["IPv4", "IPv6"]) {
    it(`is exceeded by 61 networks of ${family}`, () => {
      assert.deepEqual(problems({ egress: networks(61, family) }), [
        `egress: counts as 61 rules of ${family} (networks 61), and the quota is 60; ${fix}`,
      ]);
    });
  }

  it("counts a group for both families", () => {
    assert.deepEqual(problems({ ingress: [...groups(2), ...networks(59)] }), [
      `ingress: counts as 61 rules of IPv4 (networks 59, groups 2), and the quota is 60; ${fix}`,
    ]);
  });

  it("counts CloudFront's prefix list as 55, so that five more fit", () => {
    assert.deepEqual(problems({ ingress: [cloudfront, ...networks(5)] }), []);
    assert.deepEqual(problems({ ingress: [cloudfront, ...networks(4), ...groups(2)] }), [
      `ingress: counts as 61 rules of IPv4 (prefix lists 55, networks 4, groups 2), and the quota is 60; ${fix}`,
    ]);
  });

  it("leaves no room for CloudFront's list at a second port", () => {
    assert.equal(problems({ ingress: [cloudfront, { ...cloudfront, port: "http" }] }).length, 2);
  });

  it("does not count twice what is said twice", () => {
    assert.deepEqual(problems({ ingress: [cloudfront, { ...cloudfront, port: "443" }] }), []);
  });

  it("is what AWS has granted", () => {
    assert.deepEqual(problems({ rulesQuota: 61, ingress: networks(61) }), []);
    assert.equal(problems({ rulesQuota: 10, ingress: networks(11) }).length, 1);
  });

  for (const rulesQuota of [0, 1.5, 1001]) {
    it(`cannot be ${rulesQuota}`, () => {
      assert.deepEqual(problems({ rulesQuota }), [
        `rulesQuota: ${rulesQuota} is no quota of rules; give the whole number that AWS granted, up to 1000`,
      ]);
    });
  }
});
