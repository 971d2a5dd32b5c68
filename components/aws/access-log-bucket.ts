import { getCallerIdentityOutput } from "@pulumi/aws/getCallerIdentity";
import { getPartitionOutput } from "@pulumi/aws/getPartition";
import * as pulumi from "@pulumi/pulumi";
import { HardenedBucket, hardenedBucket } from "./hardened-bucket";
import { PolicyDocument } from "./policy-documents";

/** A bucket for access logs. */
export interface AccessLogBucketArgs {
  /** Who may write them. */
  policy(partition: string, bucket: string, account: string): PolicyDocument;
  /** How long S3 keeps them, in days. @default 90 */
  keepDays?: number;
  protection?: boolean;
  tags?: Record<string, string>;
}

/** A bucket that others of this account write access logs to, and from which they go by themselves. */
export function accessLogBucket(
  name: string,
  { policy: document, keepDays = 90, protection, tags }: AccessLogBucketArgs,
  opts: pulumi.CustomResourceOptions,
): HardenedBucket {
  const { partition } = getPartitionOutput({}, opts);
  const { accountId } = getCallerIdentityOutput({}, opts);
  const policy = (bucket: pulumi.Output<string>): pulumi.Output<string> =>
    pulumi
      .all([partition, bucket, accountId])
      .apply(([part, called, account]) => JSON.stringify(document(part, called, account)));
  const oldLogs = {
    id: "old-logs",
    status: "Enabled",
    filter: {},
    expiration: { days: keepDays },
    noncurrentVersionExpiration: { noncurrentDays: 1 },
    abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
  };
  return hardenedBucket(name, { policy, lifecycle: [oldLogs], protection, tags }, opts);
}
