import * as cloudfront from "@pulumi/aws/cloudfront";
import * as cloudwatch from "@pulumi/aws/cloudwatch";
import { getPartitionOutput } from "@pulumi/aws/getPartition";
import * as pulumi from "@pulumi/pulumi";
import { accessLogBucket } from "../access-log-bucket";
import { balancerName } from "../load-balancer/balancer-name";
import { takesDistributionLogs } from "../policy-documents";
import { CdnLogArgs } from "./cdn-args";

/** Deliveries of CloudFront's logs are made there, wherever the bucket is (CloudFront, "Configure standard logging (v2)"). */
const region = "us-east-1";

/** What is logged, and where. */
export interface AccessLogs extends CdnLogArgs {
  distribution: cloudfront.Distribution;
  protection?: boolean;
  tags?: Record<string, string>;
}

/**
 * Has a line about each request delivered to a bucket by CloudWatch Logs. CloudFront's older way of logging writes with an
 * ACL, and a bucket whose owner owns everything in it takes none.
 */
export function deliverAccessLogs(name: string, logs: AccessLogs, own: pulumi.CustomResourceOptions): void {
  const { distribution, bucketName, keepDays, protection, tags } = logs;
  const called = balancerName(name, "logs").toLowerCase();
  const made =
    bucketName === undefined
      ? accessLogBucket(called, { policy: takesDistributionLogs, keepDays, protection, tags }, own)
      : undefined;
  const { partition } = getPartitionOutput({}, own);
  const source = new cloudwatch.LogDeliverySource(
    called,
    { region, logType: "ACCESS_LOGS", resourceArn: distribution.arn, tags },
    own,
  );
  const destination = new cloudwatch.LogDeliveryDestination(
    called,
    {
      region,
      // The fields and form of CloudFront's older logs, which tools read.
      outputFormat: "w3c",
      deliveryDestinationConfiguration: {
        destinationResourceArn: pulumi.interpolate`arn:${partition}:s3:::${made?.bucket.bucket ?? bucketName}`,
      },
      tags,
    },
    // AWS looks whether it may write.
    { ...own, dependsOn: made ? [made.policy] : [] },
  );
  new cloudwatch.LogDelivery(
    called,
    { region, deliverySourceName: source.name, deliveryDestinationArn: destination.arn, tags },
    // A source has one delivery to S3 (CloudWatch Logs API, CreateDelivery).
    { ...own, deleteBeforeReplace: true },
  );
}
