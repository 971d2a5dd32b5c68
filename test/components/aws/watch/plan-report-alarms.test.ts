import assert from "node:assert/strict";
import { PlannedAlarm } from "../../../../components/aws/watch/plan-alarms";
import { planReportAlarms } from "../../../../components/aws/watch/plan-report-alarms";
import { agentDescription } from "../../../../components/host/cloudwatch-agent/description";

const notify = { email: "ops@example.com" };
const alarms = (more: object = {}, hasDataVolume = true): PlannedAlarm[] =>
  planReportAlarms({ notify, ...more }, hasDataVolume);
const alarm = (key: string, more: object = {}): PlannedAlarm => alarms(more).find((one) => one.key === key)!;

describe("planReportAlarms", () => {
  it("says when memory is full for a quarter of an hour, and when the agent is silent", () => {
    const memory = alarm("memory");
    assert.deepEqual(memory, {
      key: "memory",
      description: "90 % of the memory was used for a quarter of an hour, or the agent reports nothing",
      metricName: "mem_used_percent",
      statistic: "Maximum",
      periodSeconds: 300,
      evaluationPeriods: 3,
      comparison: "GreaterThanOrEqualToThreshold",
      threshold: 90,
      tellsSilence: true,
    });
  });

  it("says which disk is full", () => {
    assert.deepEqual(alarm("root-disk").dimensions, { path: "/" });
    assert.deepEqual(alarm("data-disk").dimensions, { path: "/var/lib/landfall/volume" });
    assert.deepEqual([alarm("root-disk").threshold, alarm("data-disk").threshold], [85, 85]);
  });

  it("is told of silence once", () => {
    assert.deepEqual(
      alarms()
        .filter(({ tellsSilence }) => tellsSilence)
        .map(({ key }) => key),
      ["memory"],
    );
  });

  it("takes other figures", () => {
    const figures = { memoryPercent: 80, diskPercent: 70 };
    assert.deepEqual(
      alarms(figures).map(({ threshold }) => threshold),
      [80, 70, 70],
    );
    assert.match(alarm("data-disk", figures).description, /70 % of the data volume/);
  });

  it("looks at no data volume where there is none", () => {
    assert.deepEqual(
      alarms({}, false).map(({ key }) => key),
      ["memory", "root-disk"],
    );
  });

  /** Without one of these CloudWatch has no such metric, and the alarm would never go off. */
  for (const dataVolume of [true, false]) {
    it(`looks at metrics that the agent reports ${dataVolume ? "with" : "without"} a data volume`, () => {
      const app = { name: "api", source: { directory: "api" }, process: { command: ["./api"] } };
      const text = agentDescription([app], { name: "/landfall/demo/dev/web", dataVolume }).content;
      const { metrics } = JSON.parse(text) as {
        metrics: {
          aggregation_dimensions: string[][];
          metrics_collected: Record<string, { measurement: string[]; resources?: string[] }>;
        };
      };
      const collected = Object.values(metrics.metrics_collected);
      for (const { key, metricName, dimensions = {} } of alarms({}, dataVolume)) {
        const source = collected.find(({ measurement }) => measurement.includes(metricName));
        assert.ok(source, `${key}: ${metricName}`);
        const sums = metrics.aggregation_dimensions.map((names) => names.join());
        assert.ok(sums.includes(Object.keys(dimensions).join()), key);
        if (dimensions.path) assert.ok(source.resources?.includes(dimensions.path), key);
      }
    });
  }
});
