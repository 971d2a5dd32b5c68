import type { ResourceTable } from "../../table";
import {
  byDefault,
  computed,
  document,
  flag,
  integer,
  object,
  objects,
  required,
  text,
  textMap,
  texts,
} from "../properties";

const transitions = objects({ date: text, days: integer, storageClass: required(text) });

/** What most of the settings inside of a bucket have become resources of their own for; they are still taken. */
const replication = object({
  role: required(text),
  rules: required(
    objects({
      deleteMarkerReplicationStatus: text,
      destination: required(
        object({
          accessControlTranslation: object({ owner: required(text) }),
          accountId: text,
          bucket: required(text),
          metrics: object({ minutes: integer, status: text }),
          replicaKmsKeyId: text,
          replicationTime: object({ minutes: integer, status: text }),
          storageClass: text,
        }),
      ),
      filter: object({ prefix: text, tags: textMap }),
      id: text,
      prefix: text,
      priority: integer,
      sourceSelectionCriteria: object({ sseKmsEncryptedObjects: object({ enabled: required(flag) }) }),
      status: required(text),
    }),
  ),
});

/** How objects are encrypted, in a bucket and in a resource of its own. */
export const encryptionRule = {
  applyServerSideEncryptionByDefault: object({ kmsMasterKeyId: text, sseAlgorithm: required(text) }),
  blockedEncryptionTypes: texts,
  bucketKeyEnabled: flag,
};

/** The properties of `aws:s3/bucket:Bucket`. */
export const bucketTable: ResourceTable = {
  inputs: {
    accelerationStatus: text,
    acl: text,
    bucket: text,
    bucketNamespace: text,
    bucketPrefix: text,
    corsRules: objects({
      allowedHeaders: texts,
      allowedMethods: required(texts),
      allowedOrigins: required(texts),
      exposeHeaders: texts,
      maxAgeSeconds: integer,
    }),
    forceDestroy: byDefault(false, flag),
    grants: objects({ id: text, permissions: required(texts), type: required(text), uri: text }),
    lifecycleRules: objects({
      abortIncompleteMultipartUploadDays: integer,
      enabled: required(flag),
      expiration: object({ date: text, days: integer, expiredObjectDeleteMarker: flag }),
      id: text,
      noncurrentVersionExpiration: object({ days: integer }),
      noncurrentVersionTransitions: objects({ days: integer, storageClass: required(text) }),
      prefix: text,
      tags: textMap,
      transitions,
    }),
    logging: object({ targetBucket: required(text), targetPrefix: text }),
    objectLockConfiguration: object({
      objectLockEnabled: text,
      rule: object({ defaultRetention: required(object({ days: integer, mode: text, years: integer })) }),
    }),
    objectLockEnabled: flag,
    policy: document,
    region: text,
    replicationConfiguration: replication,
    requestPayer: text,
    serverSideEncryptionConfiguration: object({ rule: required(object(encryptionRule)) }),
    tags: textMap,
    versioning: object({ enabled: flag, mfaDelete: flag }),
    website: object({ errorDocument: text, indexDocument: text, redirectAllRequestsTo: text, routingRules: text }),
  },
  outputs: {
    arn: computed(text),
    bucketDomainName: computed(text),
    bucketRegion: computed(text),
    bucketRegionalDomainName: computed(text),
    hostedZoneId: computed(text),
    tagsAll: computed(textMap),
    websiteDomain: computed(text),
    websiteEndpoint: computed(text),
  },
  filledIn: [
    "accelerationStatus",
    "acl",
    "bucket",
    "bucketNamespace",
    "bucketPrefix",
    "corsRules",
    "grants",
    "lifecycleRules",
    "logging",
    "objectLockConfiguration",
    "objectLockEnabled",
    "policy",
    "region",
    "replicationConfiguration",
    "requestPayer",
    "serverSideEncryptionConfiguration",
    "versioning",
    "website",
  ],
};
