import type { Property, PropertyTable } from "../../table";
import type { Definition } from "../definition";
import { byDefault, document, flag, integer, object, objects, required, text, textMap } from "../properties";
import { byRegion, forceNew, requiresReplace } from "../replacement";
import { encryptionRule } from "./bucket-table";

/** A setting of a bucket that is a resource of its own, named by its bucket. */
function setting(
  file: string,
  inputs: PropertyTable,
  more: Pick<Definition, "documents"> & { readonly filledIn?: string[] } = {},
): Definition {
  const { filledIn = [], ...rest } = more;
  const replacing = ["bucket", "expectedBucketOwner"].filter((name) => name === "bucket" || name in inputs);
  // The lifecycle is written for the newer framework, which has another word for it.
  const mark = file === lifecycleFile ? requiresReplace : forceNew;
  return {
    table: {
      inputs: { bucket: required(text), region: text, ...inputs },
      outputs: {},
      filledIn: ["region", ...filledIn],
    },
    replacement: [...mark(file, ...replacing), byRegion],
    ...rest,
    create: ({ bucket }) => ({
      id: String(bucket),
      outputs: Object.fromEntries(filledIn.map((name) => [name, filledInValues[name]])),
    }),
  };
}

const lifecycleFile = "internal/service/s3/bucket_lifecycle_configuration.go";

const filledInValues: Readonly<Record<string, string>> = {
  expectedBucketOwner: "",
  transitionDefaultMinimumObjectSize: "all_storage_classes_128K",
};

/** `aws:s3/bucketVersioning:BucketVersioning`. */
export const bucketVersioning = setting("internal/service/s3/bucket_versioning.go", {
  expectedBucketOwner: text,
  mfa: text,
  versioningConfiguration: required(object({ mfaDelete: text, status: required(text) })),
});

/** `aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration`. */
export const bucketEncryption = setting("internal/service/s3/bucket_server_side_encryption_configuration.go", {
  expectedBucketOwner: text,
  rules: required(objects(encryptionRule)),
});

const off: Property = byDefault(false, flag);

/** `aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock`. */
export const bucketPublicAccessBlock = setting("internal/service/s3/bucket_public_access_block.go", {
  blockPublicAcls: off,
  blockPublicPolicy: off,
  ignorePublicAcls: off,
  restrictPublicBuckets: off,
  skipDestroy: flag,
});

/** `aws:s3/bucketOwnershipControls:BucketOwnershipControls`. */
export const bucketOwnershipControls = setting("internal/service/s3/bucket_ownership_controls.go", {
  rule: required(object({ objectOwnership: required(text) })),
});

/** `aws:s3/bucketPolicy:BucketPolicy`. */
export const bucketPolicy = setting(
  "internal/service/s3/bucket_policy.go",
  { policy: required(document) },
  { documents: ["policy"] },
);

const filter = object({
  and: object({ objectSizeGreaterThan: integer, objectSizeLessThan: integer, prefix: text, tags: textMap }),
  objectSizeGreaterThan: integer,
  objectSizeLessThan: integer,
  prefix: text,
  tag: object({ key: required(text), value: required(text) }),
});

/** `aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration`. */
export const bucketLifecycle = setting(
  lifecycleFile,
  {
    expectedBucketOwner: text,
    rules: objects({
      abortIncompleteMultipartUpload: object({ daysAfterInitiation: integer }),
      expiration: object({ date: text, days: integer, expiredObjectDeleteMarker: flag }),
      filter,
      id: required(text),
      noncurrentVersionExpiration: object({ newerNoncurrentVersions: integer, noncurrentDays: required(integer) }),
      noncurrentVersionTransitions: objects({
        newerNoncurrentVersions: integer,
        noncurrentDays: required(integer),
        storageClass: required(text),
      }),
      prefix: text,
      status: required(text),
      transitions: objects({ date: text, days: integer, storageClass: required(text) }),
    }),
    timeouts: object({ create: text, update: text }),
    transitionDefaultMinimumObjectSize: text,
  },
  { filledIn: ["expectedBucketOwner", "transitionDefaultMinimumObjectSize"] },
);
