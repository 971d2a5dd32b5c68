import assert from "node:assert/strict";
import { Fleet } from "../../../../components/aws/fleet/fleet";
import { FleetArgs } from "../../../../components/aws/fleet/fleet-args";
import { sampleFleet } from "../fleet/sample-fleet";
import { all, one, record, Recorded, Registered } from "../recorded";

const alarmType = "aws:cloudwatch/metricAlarm:MetricAlarm";
const notify = { topicArn: "arn:aws:sns:us-west-2:111122223333:ops" };
const balancerArn = "arn:aws:elasticloadbalancing:us-west-2:111122223333:loadbalancer/app/web/50dc6c495c0c9188";
const reports = { name: "/landfall/demo/dev/web" };

const fleet = (more: Partial<FleetArgs>): Promise<Recorded<Fleet>> => record(() => new Fleet("web", sampleFleet(more)));
const names = (recorded: Recorded<Fleet>): string[] =>
  all(recorded, alarmType)
    .map(({ name }) => name)
    .sort();
const alarm = (recorded: Recorded<Fleet>, name: string): Registered["inputs"] => one(recorded, alarmType, name).inputs;

describe("alarms of a fleet", () => {
  it("are not there unless somebody is told", async () => {
    assert.deepEqual(names(await fleet({ reports })), []);
  });

  it("are about the processors of its group, where nothing else is said", async () => {
    const recorded = await fleet({ monitoring: { notify, cpuPercent: 75 } });
    assert.deepEqual(names(recorded), ["web-cpu"]);
    const { namespace, dimensions, threshold } = alarm(recorded, "web-cpu");
    assert.deepEqual([namespace, threshold], ["AWS/EC2", 75]);
    assert.deepEqual(Object.keys(dimensions as object), ["AutoScalingGroupName"]);
  });

  it("look at the fullest of its machines, by a name that none of them changes", async () => {
    const recorded = await fleet({ monitoring: { notify }, reports });
    assert.deepEqual(names(recorded), ["web-cpu", "web-memory", "web-root-disk"]);
    const { namespace, dimensions, statistic } = alarm(recorded, "web-root-disk");
    assert.deepEqual([namespace, dimensions, statistic], [reports.name, { path: "/" }, "Maximum"]);
    assert.equal(alarm(recorded, "web-memory").dimensions, undefined);
  });

  it("are about each target group of the balancer, and about what it answers", async () => {
    const recorded = await fleet({ monitoring: { notify, balancerArn, errorPercent: 1 } });
    assert.deepEqual(names(recorded), ["web-cpu", "web-errors", "web-unhealthy-1"]);
    assert.deepEqual(alarm(recorded, "web-unhealthy-1").dimensions, {
      LoadBalancer: "app/web/50dc6c495c0c9188",
      TargetGroup: "targetgroup/docs/1",
    });
    const { metricQueries, threshold, treatMissingData } = alarm(recorded, "web-errors") as {
      metricQueries: { id: string; returnData: boolean; metric?: { dimensions: object; stat: string } }[];
      threshold: number;
      treatMissingData: string;
    };
    assert.deepEqual([threshold, treatMissingData], [1, "notBreaching"]);
    assert.deepEqual(
      metricQueries.map(({ id, returnData }) => [id, returnData]),
      [
        ["targets", false],
        ["balancer", false],
        ["requests", false],
        ["share", true],
      ],
    );
    for (const { metric } of metricQueries.slice(0, 3)) {
      assert.equal(metric?.stat, "Sum");
      assert.deepEqual(metric.dimensions, { LoadBalancer: "app/web/50dc6c495c0c9188" });
    }
  });

  it("let its machines report, and nothing else", async () => {
    const { inputs } = one(await fleet({ reports }), "aws:iam/rolePolicy:RolePolicy", "web-reports");
    const { Statement } = JSON.parse(inputs.policy as string) as { Statement: { Sid: string }[] };
    assert.deepEqual(
      Statement.map(({ Sid }) => Sid),
      ["Metrics", "Logs"],
    );
  });
});
