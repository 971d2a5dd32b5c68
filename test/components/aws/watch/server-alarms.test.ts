import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { Server, ServerArgs } from "../../../../components/aws/server";
import type { MonitoringArgs } from "../../../../components/aws/watch/watch-args";
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
