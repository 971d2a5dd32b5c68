import { sameValue } from "../../property/difference";
import { Asset, type PropertyMap } from "../../property/value";
import { digits } from "../account/account";
import type { Definition } from "../definition";
import { arn, newHex } from "../identifiers";
import { byDefault, computed, flag, object, required, text, textMap } from "../properties";
import { byRegion, forceNew } from "../replacement";

/** Inputs whose change writes a new version of the object (`hasObjectContentChanges` there). */
const contents = ["content", "contentBase64", "source", "sourceHash", "etag", "contentType", "metadata"];

/** `aws:s3/bucketObjectv2:BucketObjectv2`. */
export const bucketObject: Definition = {
  table: {
    inputs: {
      acl: text,
      bucket: required(text),
      bucketKeyEnabled: flag,
      cacheControl: text,
      checksumAlgorithm: text,
      content: text,
      contentBase64: text,
      contentDisposition: text,
      contentEncoding: text,
      contentLanguage: text,
      contentType: text,
      etag: text,
      forceDestroy: byDefault(false, flag),
      key: text,
      kmsKeyId: text,
      metadata: textMap,
      objectLockLegalHoldStatus: text,
      objectLockMode: text,
      objectLockRetainUntilDate: text,
      overrideProvider: object({ defaultTags: object({ tags: textMap }) }),
      region: text,
      serverSideEncryption: text,
      source: { type: "assetOrArchive" },
      sourceHash: text,
      storageClass: text,
      tags: textMap,
      websiteRedirect: text,
    },
    outputs: {
      arn: computed(text),
      checksumCrc32: computed(text),
      checksumCrc32c: computed(text),
      checksumCrc64nvme: computed(text),
      checksumSha1: computed(text),
      checksumSha256: computed(text),
      tagsAll: computed(textMap),
      versionId: computed(text),
    },
    filledIn: [
      "acl",
      "bucketKeyEnabled",
      "contentType",
      "etag",
      "key",
      "kmsKeyId",
      "region",
      "serverSideEncryption",
      "storageClass",
    ],
  },
  replacement: [...forceNew("internal/service/s3/object.go", "bucket", "key"), byRegion],
  autonaming: { property: "key", maxLength: 1024, random: false },

  check(inputs) {
    const given = ["content", "contentBase64", "source"].filter((name) => (inputs[name] ?? null) !== null);
    if (given.length <= 1) return [];
    return [{ property: given[0] as string, reason: `conflicts with ${given.slice(1).join(" and ")}` }];
  },

  renewed(state, inputs) {
    const changed = contents.some((name) => inputs[name] !== undefined && !sameValue(state[name], inputs[name]));
    return changed ? { etag: etagOf(inputs), versionId: newHex(32) } : {};
  },

  create(inputs, { account }) {
    const [bucket, key] = [String(inputs["bucket"]), String(inputs["key"])];
    const outputs = {
      acl: "private",
      arn: arn("s3", `${bucket}/${key}`, account),
      bucketKeyEnabled: false,
      checksumCrc32: "",
      checksumCrc32c: "",
      checksumCrc64nvme: "",
      checksumSha1: "",
      checksumSha256: "",
      contentType: "application/octet-stream",
      etag: etagOf(inputs),
      kmsKeyId: "",
      serverSideEncryption: "AES256",
      storageClass: "STANDARD",
      versionId: newHex(32),
    };
    return { id: `${bucket}/${key}`, outputs };
  },
};

/** Digits that follow from the content, as AWS's do. */
function etagOf(inputs: PropertyMap): string {
  const { source } = inputs;
  const content = inputs["content"] ?? inputs["contentBase64"] ?? (source instanceof Asset ? source.hash : "");
  return digits(32, String(content));
}
