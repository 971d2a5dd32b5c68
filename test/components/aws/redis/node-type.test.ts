import assert from "node:assert/strict";
import { dataMiB, nodeTypeFault } from "../../../../components/aws/redis/node-type";

describe("a type of nodes", () => {
  for (const type of [
    "cache.t4g.micro",
    "cache.t3.medium",
    "cache.m7g.large",
    "cache.r7g.16xlarge",
    "cache.c7gn.xlarge",
  ]) {
    it(`can be ${type}`, () => assert.equal(nodeTypeFault(type), undefined));
  }

  for (const type of ["t4g.micro", "cache.t4g", "cache.t4g.tiny", "cache.T4g.micro", "cache.t4g.micro ", ""]) {
    it(`is not ${JSON.stringify(type)}`, () => assert.match(nodeTypeFault(type)!.reason, /is not a type/));
  }

  for (const type of ["cache.r6gd.xlarge", "cache.x2g.large", "cache.t1.micro"]) {
    it(`is not of the family of ${type}`, () => assert.match(nodeTypeFault(type)!.reason, /is of a family/));
  }

  it("keeps a quarter of its memory for copies", () => {
    assert.deepEqual([dataMiB("cache.t4g.micro"), dataMiB("cache.r7g.16xlarge")], [384, undefined]);
  });
});
