import * as cloudwatch from "@pulumi/aws/cloudwatch";
import { getCallerIdentityOutput } from "@pulumi/aws/getCallerIdentity";
import { getPartitionOutput } from "@pulumi/aws/getPartition";
import * as kms from "@pulumi/aws/kms";
import * as sns from "@pulumi/aws/sns";
import * as pulumi from "@pulumi/pulumi";
import { planAlarms } from "./plan-alarms";
import type { MonitoringArgs } from "./watch-args";
import { alarmKey, alarmsPublish } from "./watch-policies";

/** The machine that is watched. */
export interface WatchedMachine {
  instanceId: pulumi.Output<string>;
  instanceType: string;
  region: pulumi.Output<string>;
}

/** Watches a machine by what EC2 itself reports of it, and tells who wants to know. */
export function serverAlarms(
  name: string,
  args: MonitoringArgs & { machine: WatchedMachine; tags?: Record<string, string> },
  opts: pulumi.CustomResourceOptions,
): void {
  const { notify, cpuPercent, machine, tags } = args;
  const told = [notify.topicArn ?? mailTopic(name, { email: notify.email!, region: machine.region, tags }, opts)];
  for (const alarm of planAlarms(machine.instanceType, cpuPercent)) {
    new cloudwatch.MetricAlarm(
      `${name}-${alarm.key}`,
      {
        alarmDescription: alarm.description,
        namespace: "AWS/EC2",
        metricName: alarm.metricName,
        dimensions: { InstanceId: machine.instanceId },
        statistic: alarm.statistic,
        period: alarm.periodSeconds,
        evaluationPeriods: alarm.evaluationPeriods,
        comparisonOperator: alarm.comparison,
        threshold: alarm.threshold,
        alarmActions: told,
        okActions: told,
        insufficientDataActions: alarm.tellsSilence ? told : undefined,
        tags,
      },
      opts,
    );
  }
}

/** A topic that writes to somebody; its messages lie encrypted. Its ARN is known once alarms can publish to it. */
function mailTopic(
  name: string,
  { email, region, tags }: { email: string; region: pulumi.Output<string>; tags?: Record<string, string> },
  opts: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
  const whole = `${name}-alarms`;
  const place = pulumi
    .all([getPartitionOutput({}, opts).partition, region, getCallerIdentityOutput({}, opts).accountId])
    .apply(([partition, where, account]) => ({ partition, region: where, account }));
  const key = new kms.Key(
    whole,
    {
      description: `Encrypts what alarms of ${name} say`,
      policy: place.apply((where) => JSON.stringify(alarmKey(where))),
      enableKeyRotation: true,
      deletionWindowInDays: 7, // nothing is worth more: messages are gone within days
      tags,
    },
    opts,
  );
  const topic = new sns.Topic(whole, { kmsMasterKeyId: key.arn, tags }, opts);
  const policy = pulumi.all([place, topic.arn]).apply(([where, arn]) => JSON.stringify(alarmsPublish(where, arn)));
  const open = new sns.TopicPolicy(whole, { arn: topic.arn, policy }, opts);
  new sns.TopicSubscription(whole, { topic: topic.arn, protocol: "email", endpoint: email }, opts);
  return pulumi.all([topic.arn, open.id]).apply(([arn]) => arn);
}
