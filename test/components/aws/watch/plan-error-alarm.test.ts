import assert from "node:assert/strict";
import {
  PlannedErrorAlarm,
  planBalancerErrorAlarm,
  planServerErrorAlarm,
} from "../../../../components/aws/watch/plan-error-alarm";

/** The percentage that CloudWatch would work out (CloudWatch User Guide, "Using math expressions with CloudWatch metrics"). */
function percent(alarm: PlannedErrorAlarm, counts: Record<string, number | undefined>): number | undefined {
  const { expression } = alarm.queries.find(({ id }) => id === alarm.decides)!;
  const names = alarm.queries.filter(({ counted }) => counted).map(({ id }) => id);
  const missing = Symbol("missing");
  const body = expression!.replace(/FILL\((\w+), 0\)/g, (_, id: string) => `(${id} === missing ? 0 : ${id})`);
  const run = new Function("missing", "IF", ...names, `return ${body};`) as (...values: unknown[]) => number;
  return run(
    missing,
    (condition: boolean, yes: number, no: number) => (condition ? yes : no),
    ...names.map((id) => counts[id] ?? missing),
  );
}

describe("planServerErrorAlarm", () => {
  const alarm = planServerErrorAlarm("/landfall/demo/dev/web");

  it("looks at five minutes, and goes off from 5 % on, or what was asked for", () => {
    assert.deepEqual([alarm.periodSeconds, alarm.threshold], [300, 5]);
    assert.equal(planServerErrorAlarm("/landfall/demo/dev/web", 1).threshold, 1);
  });

  it("holds answers that failed against all of them", () => {
    assert.equal(percent(alarm, { failed: 50, answers: 1000 }), 5);
    assert.equal(percent(alarm, { failed: 3, answers: 3 }), 100);
  });

  it("lets two failures be chance", () => {
    assert.equal(percent(alarm, { failed: 2, answers: 2 }), 0);
  });

  it("returns one number, which is what decides", () => {
    assert.equal(alarm.queries.filter(({ id }) => id === alarm.decides).length, 1);
    assert.ok(alarm.queries.every(({ counted, expression }) => (counted === undefined) !== (expression === undefined)));
  });
});

describe("planBalancerErrorAlarm", () => {
  const alarm = planBalancerErrorAlarm();

  it("counts what machines answer and what the balancer answers in their place", () => {
    assert.deepEqual(
      alarm.queries.flatMap(({ counted }) => (counted ? [`${counted.namespace} ${counted.metricName}`] : [])),
      [
        "AWS/ApplicationELB HTTPCode_Target_5XX_Count",
        "AWS/ApplicationELB HTTPCode_ELB_5XX_Count",
        "AWS/ApplicationELB RequestCount",
      ],
    );
  });

  it("needs no number where there was nothing to count", () => {
    assert.equal(percent(alarm, { targets: 10, requests: 100 }), 10);
    assert.equal(percent(alarm, { requests: 100 }), 0);
  });

  it("is at its height when no machine is there to answer, and no request is counted", () => {
    assert.equal(percent(alarm, { balancer: 40 }), 100);
  });
});
