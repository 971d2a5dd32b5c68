import * as fs from "node:fs";

import type { ApiCall, Parameters } from "../api-call";
import { given, Inputs, tagList } from "../inputs";
import type { RecordedAsset, RecordedResource } from "../recorded-state";

export function bucketCalls(resource: RecordedResource): ApiCall[] {
  const inputs = new Inputs(resource);
  inputs.leave("forceDestroy", "region");
  const Bucket = inputs.take("bucket");
  const TagSet = tagList(inputs.take("tags"));
  inputs.done();
  const region = String(resource.outputs["region"]);
  // us-east-1 is where buckets are when nothing is said, and must not be said.
  const place = region === "us-east-1" ? {} : { CreateBucketConfiguration: { LocationConstraint: region } };
  const create: ApiCall = {
    urn: resource.urn,
    service: "s3",
    operation: "CreateBucket",
    parameters: { Bucket, ...place },
    readBack: {
      operation: "ListBuckets",
      parameters: {},
      expected: { [`Buckets[?Name=='${String(Bucket)}'] | length(@)`]: 1 },
    },
  };
  if (!TagSet) return [create];
  const tag = settingCall(
    resource,
    "BucketTagging",
    { Bucket, Tagging: { TagSet } },
    { "length(TagSet)": TagSet.length },
  );
  return [create, tag];
}

export function bucketVersioningCalls(resource: RecordedResource): ApiCall[] {
  const inputs = new Inputs(resource);
  inputs.leave("region");
  const Bucket = inputs.take("bucket");
  const { status: Status } = inputs.take<{ status: string }>("versioningConfiguration") ?? { status: "" };
  inputs.done();
  return [settingCall(resource, "BucketVersioning", { Bucket, VersioningConfiguration: { Status } }, { Status })];
}

export function bucketEncryptionCalls(resource: RecordedResource): ApiCall[] {
  const inputs = new Inputs(resource);
  inputs.leave("region");
  const Bucket = inputs.take("bucket");
  const rules = inputs.take<EncryptionRule[]>("rules") ?? [];
  inputs.done();
  const Rules = rules.map(({ applyServerSideEncryptionByDefault: standard, bucketKeyEnabled }) =>
    given({
      ApplyServerSideEncryptionByDefault:
        standard && given({ SSEAlgorithm: standard.sseAlgorithm, KMSMasterKeyID: standard.kmsMasterKeyId }),
      BucketKeyEnabled: bucketKeyEnabled,
    }),
  );
  const parameters = { Bucket, ServerSideEncryptionConfiguration: { Rules } };
  const algorithm = "ServerSideEncryptionConfiguration.Rules[].ApplyServerSideEncryptionByDefault.SSEAlgorithm";
  const expected = { [algorithm]: rules.map((rule) => rule.applyServerSideEncryptionByDefault?.sseAlgorithm) };
  return [settingCall(resource, "BucketEncryption", parameters, expected)];
}

interface EncryptionRule {
  readonly applyServerSideEncryptionByDefault?: { readonly sseAlgorithm: string; readonly kmsMasterKeyId?: string };
  readonly bucketKeyEnabled?: boolean;
}

export function bucketPublicAccessBlockCalls(resource: RecordedResource): ApiCall[] {
  const inputs = new Inputs(resource);
  inputs.leave("region", "skipDestroy");
  const Bucket = inputs.take("bucket");
  const PublicAccessBlockConfiguration = {
    BlockPublicAcls: inputs.take("blockPublicAcls"),
    IgnorePublicAcls: inputs.take("ignorePublicAcls"),
    BlockPublicPolicy: inputs.take("blockPublicPolicy"),
    RestrictPublicBuckets: inputs.take("restrictPublicBuckets"),
  };
  inputs.done();
  const expected = { PublicAccessBlockConfiguration };
  return [settingCall(resource, "PublicAccessBlock", { Bucket, PublicAccessBlockConfiguration }, expected)];
}

export function bucketOwnershipControlsCalls(resource: RecordedResource): ApiCall[] {
  const inputs = new Inputs(resource);
  inputs.leave("region");
  const Bucket = inputs.take("bucket");
  const { objectOwnership } = inputs.take<{ objectOwnership: string }>("rule") ?? { objectOwnership: "" };
  inputs.done();
  const OwnershipControls = { Rules: [{ ObjectOwnership: objectOwnership }] };
  return [settingCall(resource, "BucketOwnershipControls", { Bucket, OwnershipControls }, { OwnershipControls })];
}

export function bucketPolicyCalls(resource: RecordedResource): ApiCall[] {
  const inputs = new Inputs(resource);
  inputs.leave("region");
  const [Bucket, Policy] = [inputs.take("bucket"), inputs.take("policy")];
  inputs.done();
  return [settingCall(resource, "BucketPolicy", { Bucket, Policy }, { Policy })];
}

export function bucketLifecycleCalls(resource: RecordedResource): ApiCall[] {
  const inputs = new Inputs(resource);
  inputs.leave("region", "timeouts");
  const Bucket = inputs.take("bucket");
  const rules = inputs.take<LifecycleRule[]>("rules") ?? [];
  inputs.done();
  const Rules = rules.map(
    ({ id, status, filter, expiration, noncurrentVersionExpiration, abortIncompleteMultipartUpload, ...others }) => {
      const untranslated = Object.keys(others).filter((name) => !name.startsWith("__"));
      if (untranslated.length > 0) throw new Error(`${resource.type} has rules with ${untranslated.join(", ")}`);
      return given({
        ID: id,
        Status: status,
        Filter: { Prefix: filter?.prefix ?? "" },
        Expiration: expiration && { Days: expiration.days },
        NoncurrentVersionExpiration: noncurrentVersionExpiration && {
          NoncurrentDays: noncurrentVersionExpiration.noncurrentDays,
        },
        AbortIncompleteMultipartUpload: abortIncompleteMultipartUpload && {
          DaysAfterInitiation: abortIncompleteMultipartUpload.daysAfterInitiation,
        },
      });
    },
  );
  const parameters = { Bucket, LifecycleConfiguration: { Rules } };
  return [
    settingCall(resource, "BucketLifecycleConfiguration", parameters, { "Rules[].ID": rules.map(({ id }) => id) }),
  ];
}

interface LifecycleRule {
  readonly id: string;
  readonly status: string;
  readonly filter?: { readonly prefix?: string };
  readonly expiration?: { readonly days: number };
  readonly noncurrentVersionExpiration?: { readonly noncurrentDays: number };
  readonly abortIncompleteMultipartUpload?: { readonly daysAfterInitiation: number };
}

/** @param project the folder that paths of files are relative to */
export function bucketObjectCalls(resource: RecordedResource): ApiCall[] {
  const inputs = new Inputs(resource);
  inputs.leave("region", "forceDestroy", "sourceHash");
  const [Bucket, Key] = [inputs.take("bucket"), inputs.take("key")];
  const body = bodyOf(inputs);
  const tags = inputs.take<Record<string, string>>("tags");
  const parameters = given({
    Bucket,
    Key,
    Body: body.toString("base64"),
    ContentType: inputs.take("contentType"),
    ContentEncoding: inputs.take("contentEncoding"),
    Metadata: inputs.take("metadata"),
    Tagging: tags && new URLSearchParams(tags).toString(),
  }) as Parameters;
  inputs.done();
  return [
    {
      urn: resource.urn,
      service: "s3",
      operation: "PutObject",
      parameters,
      readBack: {
        operation: "GetObject",
        parameters: { Bucket, Key },
        expected: { ContentLength: body.length, Body: body.toString("base64") },
      },
    },
  ];
}

function bodyOf(inputs: Inputs): Buffer {
  const [content, encoded] = [inputs.take<string>("content"), inputs.take<string>("contentBase64")];
  const source = inputs.take<RecordedAsset>("source");
  if (encoded !== undefined) return Buffer.from(encoded, "base64");
  if (source?.asset.path !== undefined) return fs.readFileSync(source.asset.path);
  return Buffer.from(content ?? source?.asset.text ?? "");
}

/** Settings of buckets are put and got under the same name. */
function settingCall(
  { urn }: RecordedResource,
  setting: string,
  parameters: Parameters,
  expected: Record<string, unknown>,
): ApiCall {
  const readBack = { operation: `Get${setting}`, parameters: { Bucket: parameters["Bucket"] }, expected };
  return { urn, service: "s3", operation: `Put${setting}`, parameters, readBack };
}
