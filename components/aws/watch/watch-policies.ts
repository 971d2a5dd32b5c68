import type { PolicyDocument } from "../policy-documents";

/** Where alarms and what they tell are. */
export interface AlarmPlace {
  partition: string;
  region: string;
  account: string;
}

/**
 * Who may use the key of a topic: its account, and alarms of CloudWatch, which cannot use the key that SNS has by itself (AWS
 * re:Post, "How do I configure a CloudWatch alarm with an encrypted Amazon SNS topic?").
 */
export function alarmKey({ partition, account }: AlarmPlace): PolicyDocument {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "Account",
        Effect: "Allow",
        Principal: { AWS: `arn:${partition}:iam::${account}:root` },
        Action: "kms:*",
        Resource: "*", // of a key's policy: the key itself
      },
      {
        Sid: "Alarms",
        Effect: "Allow",
        Principal: { Service: "cloudwatch.amazonaws.com" },
        Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
        Resource: "*",
      },
    ],
  };
}

/** Lets alarms of the same account and region publish to a topic, and nobody else. */
export function alarmsPublish({ partition, region, account }: AlarmPlace, topicArn: string): PolicyDocument {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "Alarms",
        Effect: "Allow",
        Principal: { Service: "cloudwatch.amazonaws.com" },
        Action: "sns:Publish",
        Resource: topicArn,
        Condition: { ArnLike: { "aws:SourceArn": `arn:${partition}:cloudwatch:${region}:${account}:alarm:*` } },
      },
    ],
  };
}

/** Lets Data Lifecycle Manager take on a role. */
export const snapshotTrust: PolicyDocument = {
  Version: "2012-10-17",
  Statement: [
    { Sid: "Snapshots", Effect: "Allow", Principal: { Service: "dlm.amazonaws.com" }, Action: "sts:AssumeRole" },
  ],
};
