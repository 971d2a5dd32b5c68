import assert from "node:assert/strict";
import fc from "fast-check";
import { CostFacts, estimateCosts } from "../../../../components/aws/costs/estimate";
import { Charge, kindCharges, usedBy } from "../../../../components/aws/costs/kind-costs";
import { prices, priceSources, standInRegion } from "../../../../components/aws/costs/prices";
import { translations } from "../../../aws-models/calls";

const server: CostFacts = {
  region: "eu-central-1",
  instanceType: "t3.small",
  machines: { least: 1, most: 1 },
  rootGiB: 16,
  dataGiB: 20,
  zones: 0,
  interfaceEndpoints: 0,
  redis: { nodeType: "cache.t4g.micro", nodes: 2 },
  counts: { "aws:ec2/instance:Instance": 1, "aws:ec2/eip:Eip": 1, "aws:s3/bucket:Bucket": 1 },
};
const fleet: CostFacts = {
  ...server,
  machines: { least: 2, most: 6 },
  dataGiB: 0,
  zones: 2,
  counts: {
    "aws:autoscaling/group:Group": 1,
    "aws:autoscaling/policy:Policy": 1,
    "aws:lb/loadBalancer:LoadBalancer": 1,
  },
};

describe("the estimate of costs", () => {
  it("has a line for each thing of a server that is charged", () => {
    const { lines, usdPerMonth, usdPerMonthAtMost, note } = estimateCosts(server);
    assert.deepEqual(lines, [
      { what: "EC2 t3.small, Linux, on demand", quantity: 1, unit: "machine", usdPerMonth: 17.52 },
      { what: "EBS gp3", quantity: 36, unit: "GiB", usdPerMonth: 3.43 },
      { what: "public IPv4 addresses", quantity: 1, unit: "address", usdPerMonth: 3.65 },
      { what: "data out of AWS to the Internet", quantity: 1, unit: "by use" },
      { what: "bursts of the processor beyond its credits", quantity: 1, unit: "by use" },
      { what: "S3: what is kept, and requests", quantity: 1, unit: "by use" },
    ]);
    assert.equal(usdPerMonth, 24.6);
    assert.equal(usdPerMonthAtMost, 24.6);
    assert.match(note, /^An estimate by list prices of \d{4}-\d\d, without taxes, discounts and free tiers\.$/);
  });

  it("counts machines, addresses and alarms of a fleet, at least and at most", () => {
    const { lines, usdPerMonth, usdPerMonthAtMost } = estimateCosts(fleet);
    assert.deepEqual(
      lines.filter(({ usdPerMonth: usd }) => usd !== undefined).map(({ what, quantity }) => [what, quantity]),
      [
        ["EC2 t3.small, Linux, on demand", 2],
        ["EBS gp3", 32],
        ["public IPv4 addresses", 4],
        ["Application Load Balancer", 1],
        ["alarms of CloudWatch", 2],
      ],
    );
    const machine = 17.52 + 16 * 0.0952 + 3.65;
    assert.ok(Math.abs(usdPerMonthAtMost - usdPerMonth - 4 * machine) < 0.05);
  });

  it("says so when the prices are those of another region", () => {
    const { region, note } = estimateCosts({ ...server, region: "sa-east-1" });
    assert.equal(region, standInRegion);
    assert.match(note, /Prices are those of us-east-1: none of sa-east-1 are known here\./);
  });

  it("says so when a price is not known, and leaves it out of the sum", () => {
    const { lines, usdPerMonth, note } = estimateCosts({ ...server, instanceType: "x9.huge" });
    assert.equal(lines[0]!.usdPerMonth, undefined);
    assert.equal(usdPerMonth, 7.08);
    assert.match(note, /The price of EC2 x9\.huge, Linux, on demand is not known here, and not in the sum\./);
  });

  it("is never less for more of anything", () => {
    const count = fc.nat({ max: 20 });
    const kinds = Object.keys(kindCharges).filter((kind) => kindCharges[kind] === Charge.Fixed);
    fc.assert(
      fc.property(fc.constantFrom(...kinds), count, count, count, (kind, before, more, zones) => {
        const cost = (number: number): number =>
          estimateCosts({ ...fleet, zones, counts: { ...fleet.counts, [kind]: number } }).usdPerMonth;
        assert.ok(cost(before + more) >= cost(before));
      }),
    );
  });

  it("knows of every kind of resource how it is charged", () =>
    assert.deepEqual(Object.keys(kindCharges).sort(), Object.keys(translations).sort()));

  it("has a line for every kind that is charged by use", () =>
    assert.deepEqual(
      Object.keys(usedBy).sort(),
      Object.keys(kindCharges)
        .filter((kind) => kindCharges[kind] === Charge.ByUse)
        .sort(),
    ));

  it("has the same prices for every region, each with its source", () => {
    for (const list of Object.values(prices)) assert.deepEqual(Object.keys(list), Object.keys(priceSources));
  });
});
