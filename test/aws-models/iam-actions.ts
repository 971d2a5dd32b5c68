/** Services whose actions have another prefix than botocore's name for them. */
const prefixes: Readonly<Record<string, string>> = { efs: "elasticfilesystem", elbv2: "elasticloadbalancing" };

/** Operations whose action has another name (Service Authorization Reference, "Actions, resources, and condition keys for Amazon S3" and others). */
const renamed: Readonly<Record<string, string>> = {
  "cloudfront:CreateDistributionWithTags": "cloudfront:CreateDistribution",
  "s3:PutBucketEncryption": "s3:PutEncryptionConfiguration",
  "s3:PutBucketLifecycleConfiguration": "s3:PutLifecycleConfiguration",
  "s3:PutPublicAccessBlock": "s3:PutBucketPublicAccessBlock",
};

/** Actions that are no operation of the service's API. */
const withoutOperation: Readonly<Record<string, string>> = {
  "cloudfront:AllowVendedLogDeliveryForResource": "asked for when logs of a distribution are delivered",
  "elasticloadbalancing:SetWebAcl": "asked for when a web ACL is put before a balancer",
  "iam:PassRole": "asked for when a role is given to a service",
  "logs:CreateLogDelivery": "asked for by services that deliver logs",
  "logs:DeleteLogDelivery": "asked for by services that deliver logs",
  "s3:DeleteObjectVersion": "DeleteObject with a version",
  "s3:GetAccelerateConfiguration": "GetBucketAccelerateConfiguration",
  "s3:GetBucketCORS": "GetBucketCors",
  "s3:GetBucketObjectLockConfiguration": "GetObjectLockConfiguration",
  "s3:GetBucketPublicAccessBlock": "GetPublicAccessBlock",
  "s3:GetEncryptionConfiguration": "GetBucketEncryption",
  "s3:GetLifecycleConfiguration": "GetBucketLifecycleConfiguration",
  "s3:GetReplicationConfiguration": "GetBucketReplication",
  "s3:ListAllMyBuckets": "ListBuckets",
  "s3:ListBucket": "ListObjectsV2",
  "s3:ListBucketVersions": "ListObjectVersions",
  "s3:ListTagsForResource": "an operation of S3 Control",
  "s3:TagResource": "an operation of S3 Control",
  "s3:UntagResource": "an operation of S3 Control",
};

/** The action of IAM that a call of AWS's API asks for. */
export function iamActionOf(service: string, operation: string): string {
  const action = `${prefixes[service] ?? service}:${operation}`;
  return renamed[action] ?? action;
}

/** Botocore's name for the service of an action. */
export function serviceOf(action: string): string {
  const prefix = action.split(":")[0]!;
  return Object.keys(prefixes).find((service) => prefixes[service] === prefix) ?? prefix;
}

/**
 * Actions that no service knows.
 *
 * @param operations names of the operations by botocore's name of the service
 */
export function unknownActions(
  actions: Iterable<string>,
  operations: Readonly<Record<string, readonly string[]>>,
): string[] {
  const known = new Set(
    Object.entries(operations).flatMap(([service, names]) => names.map((name) => iamActionOf(service, name))),
  );
  return [...actions].filter((action) => !known.has(action) && !Object.hasOwn(withoutOperation, action));
}
