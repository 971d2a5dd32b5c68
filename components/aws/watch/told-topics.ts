import { getCallerIdentityOutput } from "@pulumi/aws/getCallerIdentity";
import { getPartitionOutput } from "@pulumi/aws/getPartition";
import * as kms from "@pulumi/aws/kms";
import * as sns from "@pulumi/aws/sns";
import * as pulumi from "@pulumi/pulumi";
import type { NotifyArgs } from "./watch-args";
import { alarmKey, alarmsPublish } from "./watch-policies";

/** The topics that alarms tell: the one that is there already, or one that writes to somebody. */
export function toldTopics(
  name: string,
  { notify, region, tags }: { notify: NotifyArgs; region: pulumi.Output<string>; tags?: Record<string, string> },
  opts: pulumi.CustomResourceOptions,
): pulumi.Input<string>[] {
  return [notify.topicArn ?? mailTopic(name, { email: notify.email!, region, tags }, opts)];
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
