import assert from "node:assert/strict";
import { planFleetAlarms, planTargetAlarm } from "../../../../components/aws/watch/plan-fleet-alarms";

describe("planFleetAlarms", () => {
  it("says when the processors of all machines are busy on average", () => {
    const [cpu] = planFleetAlarms(75);
    assert.deepEqual(
      [cpu?.metricName, cpu?.statistic, cpu?.threshold, cpu!.periodSeconds * cpu!.evaluationPeriods],
      ["CPUUtilization", "Average", 75, 900],
    );
    assert.equal(planFleetAlarms()[0]?.threshold, 90);
  });
});

describe("planTargetAlarm", () => {
  it("says when a machine stays unhealthy, and has nothing against a balancer without any", () => {
    const { metricName, statistic, threshold, tellsSilence } = planTargetAlarm(1);
    assert.deepEqual([metricName, statistic, threshold, tellsSilence], ["UnHealthyHostCount", "Maximum", 1, false]);
  });
});
