import assert from "node:assert/strict";
import { planAlarms } from "../../../../components/aws/watch/plan-alarms";

const alarm = (instanceType: string, key: string): ReturnType<typeof planAlarms>[number] | undefined =>
  planAlarms(instanceType).find((one) => one.key === key);

describe("planAlarms", () => {
  it("says when the machine is not well, and when nothing is heard of it", () => {
    assert.deepEqual(alarm("m7g.large", "status"), {
      key: "status",
      description: "The machine fails EC2's status checks, or is not there to be checked",
      metricName: "StatusCheckFailed",
      statistic: "Maximum",
      periodSeconds: 60,
      evaluationPeriods: 2,
      comparison: "GreaterThanOrEqualToThreshold",
      threshold: 1,
      tellsSilence: true,
    });
  });

  it("says when the processor is busy, from the use that was asked for", () => {
    const [usual, asked] = [planAlarms("t3.small"), planAlarms("t3.small", 50)].map((alarms) =>
      alarms.find(({ key }) => key === "cpu"),
    );
    assert.deepEqual([usual?.threshold, asked?.threshold], [90, 50]);
    assert.equal(usual!.periodSeconds * usual!.evaluationPeriods, 15 * 60);
    assert.match(asked!.description, /50 % busy/);
  });

  for (const type of ["t3.small", "t3a.micro", "t4g.medium"]) {
    it(`says when bursts of ${type} cost money`, () => {
      const { metricName, comparison, threshold } = alarm(type, "credits")!;
      assert.deepEqual([metricName, comparison, threshold], ["CPUSurplusCreditsCharged", "GreaterThanThreshold", 0]);
    });
  }

  it("says when a machine of type T2 is about to slow down", () => {
    const { metricName, comparison, threshold } = alarm("t2.micro", "credits")!;
    assert.deepEqual([metricName, comparison, threshold], ["CPUCreditBalance", "LessThanThreshold", 10]);
  });

  for (const type of ["m7g.large", "c6i.xlarge", "trn1.2xlarge"]) {
    it(`says nothing of credits, which ${type} has not`, () => {
      assert.equal(alarm(type, "credits"), undefined);
    });
  }
});
