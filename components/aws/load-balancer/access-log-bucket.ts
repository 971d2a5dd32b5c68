import { getCallerIdentityOutput } from "@pulumi/aws/getCallerIdentity";
import { getPartitionOutput } from "@pulumi/aws/getPartition";
import * as pulumi from "@pulumi/pulumi";
import { HardenedBucket, hardenedBucket } from "../hardened-bucket";
import { takesBalancerLogs } from "../policy-documents";

/** A bucket for the access logs of a balancer. */
export interface AccessLogBucketArgs {
  /** How long S3 keeps them, in days. */
  keepDays: number;
  protection?: boolean;
  tags?: Record<string, string>;
}

/** A bucket that balancers of this account write their access logs to, and from which they go by themselves. */
export function accessLogBucket(
  name: string,
  { keepDays, protection, tags }: AccessLogBucketArgs,
  opts: pulumi.CustomResourceOptions,
): HardenedBucket {
  const { partition } = getPartitionOutput({}, opts);
  const { accountId } = getCallerIdentityOutput({}, opts);
  const policy = (bucket: pulumi.Output<string>): pulumi.Output<string> =>
    pulumi
      .all([partition, bucket, accountId])
      .apply(([part, called, account]) => JSON.stringify(takesBalancerLogs(part, called, account)));
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
