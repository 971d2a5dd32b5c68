import { getPartitionOutput } from "@pulumi/aws/getPartition";
import * as s3 from "@pulumi/aws/s3";
import * as pulumi from "@pulumi/pulumi";
import { applyProgram } from "../host/apply/program";
import { sha256 } from "../host/digest";
import { inputProblems } from "../input-problems";
import { hardenedBucket } from "./hardened-bucket";
import { bucketNameFault } from "./names";
import { tlsOnly } from "./policy-documents";

/** What a store holds. */
export interface StoreArgs {
  /**
   * Name of the bucket; the host knows it from user data, so it is chosen here and not by AWS.
   * @example "landfall-dev-web-0123456789ab"
   */
  bucketName: string;
  /** What the keys of its objects begin with. @default "": the whole bucket @example "fleet/" */
  prefix?: string;
  /** The host plan, as canonical JSON. @example canonicalJson(plan) */
  plan: string;
  /**
   * Packed code that the plan names: path on this computer by digest.
   * @default none
   * @example { [digest]: "/tmp/code.tar.gz" }
   */
  archives?: Record<string, string>;
  /** Refuse to delete the bucket. @default false: deleting it deletes what is in it, which can be made again */
  protection?: boolean;
  /** Tags of the bucket and its objects. @default none @example { team: "web" } */
  tags?: Record<string, string>;
}

/** How long S3 keeps what was overwritten or deleted. */
const oldVersionDays = 90;

/**
 * Where a host in AWS finds its plan, the program that applies it and its code: a private, versioned, encrypted bucket.
 * Everything is named by its digest but the pointer `current.json`, which is written last.
 *
 * @example
 * new Store("web", { bucketName: "landfall-dev-web-0123456789ab", plan: canonicalJson(plan), archives });
 */
export class Store extends pulumi.ComponentResource {
  /** Name of the bucket; resolved once the pointer in it points to the plan. */
  readonly bucketName: pulumi.Output<string>;

  /** @throws pulumi.InputPropertiesError when the name cannot be a bucket's */
  constructor(name: string, args: StoreArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landfall:index:Store", name, { bucketName: args.bucketName, plan: sha256(args.plan) }, opts);
    const fault = bucketNameFault(args.bucketName);
    if (fault) {
      const problem = { path: "bucketName", value: args.bucketName, ...fault };
      throw inputProblems(`landfall:index:Store '${name}'`, [problem]);
    }

    const bucket = this.bucket(name, args);
    const object = (key: string, content: Partial<s3.BucketObjectv2Args>): s3.BucketObjectv2Args => ({
      bucket: bucket.bucket,
      key: `${args.prefix ?? ""}${key}`,
      tags: args.tags,
      ...content,
    });
    // What is no longer named is kept: a machine that was off, or is about to go back, still has to find what its pointer
    // named.
    const kept = { parent: this, retainOnDelete: true };
    const program = applyProgram();
    const plan = sha256(args.plan);
    const named = [
      new s3.BucketObjectv2(
        `${name}-plan`,
        object(`plans/${plan}.json`, { content: args.plan, contentType: "application/json" }),
        kept,
      ),
      new s3.BucketObjectv2(
        `${name}-program`,
        object(`programs/${program.digest}.py`, { content: program.text, contentType: "text/x-python" }),
        kept,
      ),
      ...Object.entries(args.archives ?? {}).map(
        ([digest, path]) =>
          new s3.BucketObjectv2(
            `${name}-code-${digest.slice(0, 12)}`,
            object(`code/${digest}.tar.gz`, {
              source: new pulumi.asset.FileAsset(path),
              contentType: "application/gzip",
            }),
            // What is there under this digest is right, even where another release of zlib packed it.
            { ...kept, ignoreChanges: ["source"] },
          ),
      ),
    ];
    const pointer = new s3.BucketObjectv2(
      `${name}-current`,
      object("current.json", {
        content: `${JSON.stringify({ format: 1, plan, program: program.digest })}\n`,
        contentType: "application/json",
      }),
      { parent: this, dependsOn: named },
    );

    this.bucketName = pointer.bucket;
    this.registerOutputs({ bucketName: this.bucketName });
  }

  private bucket(name: string, args: StoreArgs): s3.Bucket {
    const own = { parent: this };
    const { bucketName, protection, tags } = args;
    const policy = (): pulumi.Output<string> =>
      getPartitionOutput({}, own).partition.apply((partition) => JSON.stringify(tlsOnly(partition, bucketName)));
    const oldVersions = {
      id: "old-versions",
      status: "Enabled",
      filter: {},
      noncurrentVersionExpiration: { noncurrentDays: oldVersionDays },
      abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
    };
    const hardened = { bucket: bucketName, policy, lifecycle: [oldVersions], protection, tags };
    return hardenedBucket(`${name}-store`, hardened, own).bucket;
  }
}
