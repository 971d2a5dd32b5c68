import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { Server, ServerArgs } from "../../../../components/aws/server";
import type { MonitoringArgs, ReportsArgs } from "../../../../components/aws/watch/watch-args";
import { directHops } from "../../../../components/host/hops";
import { accessLog as accessLogDirectives } from "../../../../components/host/nginx/log";
import { all, one, record, Recorded } from "../recorded";

const alarmType = "aws:cloudwatch/metricAlarm:MetricAlarm";
const topicType = "aws:sns/topic:Topic";
const topicArn = "arn:aws:sns:us-west-2:111122223333:ops";
const args: ServerArgs = { debian: 12, userData: "#cloud-config\n", securityGroupIds: [], tags: { team: "web" } };
const watched = (monitoring: MonitoringArgs): Promise<Recorded<Server>> =>
  record(() => new Server("web", { ...args, monitoring }));

describe("alarms of a server", () => {
  it("are about its instance, and say when they go off, when they are over and when nothing is heard", async () => {
    const recorded = await watched({ notify: { topicArn } });
    const instance = one(recorded, "aws:ec2/instance:Instance").name;
    assert.deepEqual(one(recorded, alarmType, "web-status").inputs, {
      alarmDescription: "The machine fails EC2's status checks, or is not there to be checked",
      namespace: "AWS/EC2",
      metricName: "StatusCheckFailed",
      dimensions: { InstanceId: `${instance}-id` },
      statistic: "Maximum",
      period: 60,
      evaluationPeriods: 2,
      comparisonOperator: "GreaterThanOrEqualToThreshold",
      threshold: 1,
      alarmActions: [topicArn],
      okActions: [topicArn],
      insufficientDataActions: [topicArn],
      tags: { team: "web" },
    });
    assert.deepEqual(
      all(recorded, alarmType)
        .map(({ name }) => name)
        .sort(),
      ["web-cpu", "web-credits", "web-status"],
    );
  });

  it("do not tell of a processor whose use is not known", async () => {
    const { inputs } = one(await watched({ notify: { topicArn }, cpuPercent: 50 }), alarmType, "web-cpu");
    assert.deepEqual([inputs.threshold, inputs.insufficientDataActions], [50, undefined]);
  });

  it("tell a topic whose ARN is known later, and make none", async () => {
    const recorded = await watched({ notify: { topicArn: pulumi.output(Promise.resolve(topicArn)) } });
    assert.deepEqual(one(recorded, alarmType, "web-status").inputs.alarmActions, [topicArn]);
    assert.deepEqual(all(recorded, topicType), []);
  });

  describe("of a machine with an agent", () => {
    const name = "/landfall/demo/dev/web";
    const accessLog = `${name}/nginx/access`;
    const reporting = (reports: ReportsArgs): Promise<Recorded<Server>> =>
      record(() => new Server("web", { ...args, monitoring: { notify: { topicArn }, errorPercent: 2 }, reports }));

    it("are also about memory and both disks, by names that another machine does not change", async () => {
      const recorded = await reporting({ name });
      assert.deepEqual(
        all(recorded, alarmType)
          .map((alarm) => alarm.name)
          .sort(),
        ["web-cpu", "web-credits", "web-data-disk", "web-memory", "web-root-disk", "web-status"],
      );
      const { namespace, dimensions, insufficientDataActions } = one(recorded, alarmType, "web-memory").inputs;
      assert.deepEqual([namespace, dimensions, insufficientDataActions], [name, undefined, [topicArn]]);
      assert.deepEqual(one(recorded, alarmType, "web-data-disk").inputs.dimensions, {
        path: "/var/lib/landfall/volume",
      });
    });

    it("count the answers of nginx by its own log", async () => {
      const recorded = await reporting({ name, accessLog });
      const filters = all(recorded, "aws:cloudwatch/logMetricFilter:LogMetricFilter");
      const usual = { namespace: name, value: "1", defaultValue: "0", unit: "Count" };
      assert.deepEqual(
        filters.map(({ inputs }) => inputs),
        [
          {
            logGroupName: accessLog,
            pattern: '{ $.status = "5*" }',
            metricTransformation: { ...usual, name: "failed_answers" },
          },
          {
            logGroupName: accessLog,
            pattern: '{ $.status = "*" }',
            metricTransformation: { ...usual, name: "answers" },
          },
        ],
      );
    });

    it("ask nginx's log for what it has: the status, as a text", () => {
      const format = accessLogDirectives(directHops).find((one) => one.name === "log_format");
      const fields = JSON.parse(format!.args.at(-1)!) as Record<string, string>;
      assert.equal(fields["status"], "$status");
    });

    it("go off when too many answers fail, and not when nobody asks", async () => {
      const { inputs } = one(await reporting({ name, accessLog }), alarmType, "web-errors");
      const { metricQueries, ...others } = inputs;
      assert.deepEqual(others, {
        alarmDescription: "2 % of the answers of five minutes said that the server failed",
        evaluationPeriods: 1,
        comparisonOperator: "GreaterThanOrEqualToThreshold",
        threshold: 2,
        treatMissingData: "notBreaching",
        alarmActions: [topicArn],
        okActions: [topicArn],
        tags: { team: "web" },
      });
      const metric = (metricName: string): object => ({ namespace: name, metricName, period: 300, stat: "Sum" });
      assert.deepEqual(
        (metricQueries as { id: string; metric?: object }[]).map((query) => [query.id, query.metric]),
        [
          ["failed", metric("failed_answers")],
          ["answers", metric("answers")],
          ["share", undefined],
        ],
      );
    });
  });

  describe("that write to somebody", () => {
    const byMail = (): Promise<Recorded<Server>> => watched({ notify: { email: "ops@example.com" } });

    it("do it by a topic of their own", async () => {
      const recorded = await byMail();
      assert.deepEqual(one(recorded, alarmType, "web-status").inputs.alarmActions, ["arn of web-alarms"]);
      assert.deepEqual(one(recorded, "aws:sns/topicSubscription:TopicSubscription").inputs, {
        topic: "arn of web-alarms",
        protocol: "email",
        endpoint: "ops@example.com",
      });
    });

    it("encrypt their messages with a key that alarms may use, which SNS's own they may not", async () => {
      const recorded = await byMail();
      assert.equal(one(recorded, topicType).inputs.kmsMasterKeyId, "arn of web-alarms");
      const { inputs } = one(recorded, "aws:kms/key:Key");
      assert.equal(inputs.enableKeyRotation, true);
      assert.deepEqual((JSON.parse(inputs.policy as string) as { Statement: unknown }).Statement, [
        {
          Sid: "Account",
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::111122223333:root" },
          Action: "kms:*",
          Resource: "*",
        },
        {
          Sid: "Alarms",
          Effect: "Allow",
          Principal: { Service: "cloudwatch.amazonaws.com" },
          Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
          Resource: "*",
        },
      ]);
    });

    it("let alarms of this account and region publish, and nobody else", async () => {
      const { inputs } = one(await byMail(), "aws:sns/topicPolicy:TopicPolicy");
      assert.equal(inputs.arn, "arn of web-alarms");
      assert.deepEqual((JSON.parse(inputs.policy as string) as { Statement: unknown }).Statement, [
        {
          Sid: "Alarms",
          Effect: "Allow",
          Principal: { Service: "cloudwatch.amazonaws.com" },
          Action: "sns:Publish",
          Resource: "arn of web-alarms",
          Condition: { ArnLike: { "aws:SourceArn": "arn:aws:cloudwatch:us-west-2:111122223333:alarm:*" } },
        },
      ]);
    });

    it("are there once the topic takes what they say", async () => {
      const { dependsOn } = one(await byMail(), alarmType, "web-status");
      assert.ok(dependsOn.includes("aws:sns/topicPolicy:TopicPolicy::web-alarms"), dependsOn.join());
    });
  });
});
