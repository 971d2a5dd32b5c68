import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { problemText } from "../../../../components/app/problem";
import { siteWatchProblems, WatchedServer, watchProblems } from "../../../../components/aws/watch/check-watch";
import { cloudWatchAgentRelease } from "../../../../components/host/cloudwatch-agent/release";

const said = (server: WatchedServer): string[] =>
  watchProblems(server).map((problem) => `${problem.path}: ${problemText(problem)}`);
const topic = "arn:aws:sns:eu-central-1:111122223333:ops";

describe("watchProblems", () => {
  const fine: WatchedServer[] = [
    {},
    { monitoring: { notify: { email: "ops@example.com" } }, snapshots: {} },
    { monitoring: { notify: { topicArn: topic }, cpuPercent: 50 }, snapshots: { keepDays: 1, hourUtc: 0 } },
    { monitoring: { notify: { email: "ops@example.com" }, memoryPercent: 80, diskPercent: 70, errorPercent: 0.1 } },
    { reports: { name: "/landfall/demo/dev/web", accessLog: pulumi.output("later") } },
    { monitoring: { notify: { topicArn: "arn:aws-cn:sns:cn-north-1:111122223333:ops" } } },
    { monitoring: { notify: { topicArn: pulumi.output("later") } }, snapshots: { keepDays: 1000, hourUtc: 23 } },
  ];
  for (const server of fine) {
    it(`has none for ${JSON.stringify(Object.keys(server))}`, () => {
      assert.deepEqual(said(server), []);
    });
  }

  it("gives all problems at once", () => {
    const server = {
      monitoring: { notify: { email: "ops", topicArn: "ops" }, cpuPercent: 100 },
      snapshots: { keepDays: 0, hourUtc: 24 },
    };
    assert.deepEqual(said(server), [
      "monitoring.notify: does not say who is told; give either email or topicArn",
      'monitoring.notify.email: "ops" is no mail address; write it like "ops@example.com"',
      'monitoring.notify.topicArn: "ops" is no topic of SNS; write it like "arn:aws:sns:eu-central-1:111122223333:ops"',
      "monitoring.cpuPercent: 100 would never or always be an alarm; give a percentage between 0 and 100",
      "snapshots.keepDays: 0 is no number of days; give whole days from 1 to 1000",
      "snapshots.hourUtc: 24 is no hour; give a whole hour from 0 to 23, by UTC",
    ]);
  });

  it("does not take percentages that are none", () => {
    const monitoring = { notify: { email: "ops@example.com" }, memoryPercent: 0, diskPercent: 100, errorPercent: -1 };
    assert.deepEqual(
      said({ monitoring }).map((line) => line.split(" would")[0]),
      ["monitoring.memoryPercent: 0", "monitoring.diskPercent: 100", "monitoring.errorPercent: -1"],
    );
  });

  for (const name of ["", "AWS/EC2", "web:1", "/landfall/*", "a b", "a".repeat(256)]) {
    it(`does not take "${name.slice(0, 20)}" for the name of metrics and logs`, () => {
      const [problem, ...others] = watchProblems({ reports: { name } });
      assert.equal(problem?.path, "reports.name");
      assert.deepEqual(others, []);
    });
  }

  it("does not take alarms that tell nobody", () => {
    assert.deepEqual(said({ monitoring: { notify: {} } }), [
      "monitoring.notify: does not say who is told; give either email or topicArn",
    ]);
  });
});

describe("siteWatchProblems", () => {
  const notify = { email: "ops@example.com" };

  it("has none for a period that CloudWatch has, and a release that reads the journal", () => {
    assert.deepEqual(siteWatchProblems({ notify, logDays: 90, agent: cloudWatchAgentRelease }), []);
  });

  it("says the next period, and what is wrong with the release", () => {
    const agent = { ...cloudWatchAgentRelease, version: "latest" };
    assert.deepEqual(
      siteWatchProblems({ notify, logDays: 31, agent }).map(({ path, fix }) => [path, fix.slice(0, 12)]),
      [
        ["monitoring.logDays", "the next one"],
        ["monitoring.agent.version", "write one li"],
      ],
    );
  });
});
