import { digits } from "../account/account";
import type { Definition } from "../definition";
import { arn } from "../identifiers";
import { byRegion, forceNew } from "../replacement";
import { bucketTable } from "./bucket-table";

/** `aws:s3/bucket:Bucket`. */
export const bucket: Definition = {
  table: bucketTable,
  replacement: [
    ...forceNew(
      "internal/service/s3/bucket.go",
      "bucket",
      "bucketPrefix",
      "objectLockConfiguration.objectLockEnabled",
      "objectLockEnabled",
    ),
    byRegion,
  ],
  autonaming: { property: "bucket", prefixProperty: "bucketPrefix", maxLength: 63, lowercase: true },
  documents: ["policy"],

  create(inputs, { account, region }) {
    const name = (inputs["bucket"] as string | undefined) ?? `${String(inputs["bucketPrefix"])}${Date.now()}`;
    const outputs = {
      accelerationStatus: "",
      acl: "private",
      arn: arn("s3", name, account),
      bucket: name,
      bucketDomainName: `${name}.s3.amazonaws.com`,
      bucketNamespace: "global",
      bucketPrefix: "",
      bucketRegion: region,
      bucketRegionalDomainName: `${name}.s3.${region}.amazonaws.com`,
      corsRules: [],
      grants: [{ id: digits(64, account.id), permissions: ["FULL_CONTROL"], type: "CanonicalUser", uri: "" }],
      hostedZoneId: `Z${digits(13, "s3", region).toUpperCase()}`,
      lifecycleRules: [],
      logging: {},
      objectLockConfiguration: {},
      objectLockEnabled: false,
      policy: "",
      replicationConfiguration: {},
      requestPayer: "BucketOwner",
      serverSideEncryptionConfiguration: {
        rule: { applyServerSideEncryptionByDefault: { kmsMasterKeyId: "", sseAlgorithm: "AES256" } },
      },
      versioning: { enabled: false, mfaDelete: false },
      website: {},
      websiteDomain: "",
      websiteEndpoint: "",
    };
    return { id: name, outputs };
  },
};
