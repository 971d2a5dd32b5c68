import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { problemText } from "../../../../components/app/problem";
import { WatchedServer, watchProblems } from "../../../../components/aws/watch/check-watch";

const said = (server: WatchedServer): string[] =>
  watchProblems(server).map((problem) => `${problem.path}: ${problemText(problem)}`);
const topic = "arn:aws:sns:eu-central-1:111122223333:ops";

describe("watchProblems", () => {
  const fine: WatchedServer[] = [
    {},
    { monitoring: { notify: { email: "ops@example.com" } }, snapshots: {} },
    { monitoring: { notify: { topicArn: topic }, cpuPercent: 50 }, snapshots: { keepDays: 1, hourUtc: 0 } },
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

  it("does not take alarms that tell nobody", () => {
    assert.deepEqual(said({ monitoring: { notify: {} } }), [
      "monitoring.notify: does not say who is told; give either email or topicArn",
    ]);
  });
});
