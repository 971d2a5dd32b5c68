import assert from "node:assert/strict";
import { Limits } from "../../../components/app/route/limits";
import { Rate, rateOf } from "../../../components/host/limits";

describe("the rate of a route's limits", () => {
  const table: [Limits, Rate | undefined][] = [
    [{ connections: 5 }, undefined],
    [{ requestsPerSecond: 20 }, { requests: 20, seconds: 1, burst: 20 }],
    [{ requestsPerMinute: 6, burst: 3 }, { requests: 6, seconds: 60, burst: 3 }],
    [{ requestsPerSecond: 5, burst: 0 }, { requests: 5, seconds: 1, burst: 0 }],
  ];
  for (const [limits, rate] of table)
    it(`of ${JSON.stringify(limits)} is ${rate ? `${rate.requests} in ${rate.seconds} s, ${rate.burst} at once` : "none"}`, () =>
      assert.deepEqual(rateOf(limits), rate));
});
