import * as s3 from "@pulumi/aws/s3";
import * as pulumi from "@pulumi/pulumi";

/** What one bucket has that others have not. */
export interface HardenedBucketArgs {
  /** Its name. Left out, it is drawn. */
  bucket?: string;
  /** Its policy, by its name. It has to refuse what does not come by TLS. */
  policy(bucket: pulumi.Output<string>): pulumi.Input<string>;
  /** What S3 deletes by itself. */
  lifecycle: s3.BucketLifecycleConfigurationArgs["rules"];
  protection?: boolean;
  tags?: Record<string, string>;
}

/** A bucket, and what has to be there before somebody may write to it. */
export interface HardenedBucket {
  bucket: s3.Bucket;
  policy: s3.BucketPolicy;
}

/** A private, versioned bucket that S3 encrypts with its own keys. */
export function hardenedBucket(
  name: string,
  args: HardenedBucketArgs,
  opts: pulumi.CustomResourceOptions,
): HardenedBucket {
  const bucket = new s3.Bucket(
    name,
    { bucket: args.bucket, forceDestroy: !args.protection, tags: args.tags },
    { ...opts, protect: args.protection },
  );
  const of = { bucket: bucket.bucket };
  const versioning = new s3.BucketVersioning(name, { ...of, versioningConfiguration: { status: "Enabled" } }, opts);
  new s3.BucketServerSideEncryptionConfiguration(
    name,
    { ...of, rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }] },
    opts,
  );
  new s3.BucketOwnershipControls(name, { ...of, rule: { objectOwnership: "BucketOwnerEnforced" } }, opts);
  const closed = new s3.BucketPublicAccessBlock(
    name,
    {
      ...of,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    },
    opts,
  );
  // One after the other: S3 refuses a policy while it changes who is shut out.
  const policy = new s3.BucketPolicy(
    name,
    { ...of, policy: args.policy(bucket.bucket) },
    { ...opts, dependsOn: [closed] },
  );
  new s3.BucketLifecycleConfiguration(name, { ...of, rules: args.lifecycle }, { ...opts, dependsOn: [versioning] });
  return { bucket, policy };
}
