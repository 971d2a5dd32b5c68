import assert from "node:assert/strict";
import { HardenedBucket, hardenedBucket, HardenedBucketArgs } from "../../../components/aws/hardened-bucket";
import { one, record, Recorded } from "./recorded";

const made = (more: Partial<HardenedBucketArgs> = {}): Promise<Recorded<HardenedBucket>> =>
  record(() =>
    hardenedBucket("kept", { policy: (bucket) => bucket.apply((name) => `for ${name}`), lifecycle: [], ...more }, {}),
  );
const policy = "aws:s3/bucketPolicy:BucketPolicy";
const closed = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock";

describe("hardenedBucket", () => {
  it("draws a name where none is given, and tells its policy", async () => {
    const drawn = await made();
    assert.equal(one(drawn, "aws:s3/bucket:Bucket").inputs.bucket, undefined);
    assert.equal(one(drawn, policy).inputs.policy, "for kept-0123456");
    assert.equal(one(await made({ bucket: "given" }), policy).inputs.policy, "for given");
  });

  it("shuts everybody out before it gets its policy", async () => {
    const recorded = await made();
    assert.ok(one(recorded, policy).dependsOn.includes(`${closed}::kept`));
    const { bucket, ...settings } = one(recorded, closed).inputs;
    assert.equal(bucket, "kept-0123456");
    assert.deepEqual(new Set(Object.values(settings)), new Set([true]));
  });

  it("is kept with what is in it where it is protected", async () => {
    const { inputs, protect } = one(await made({ protection: true }), "aws:s3/bucket:Bucket");
    assert.deepEqual([inputs.forceDestroy, protect], [false, true]);
  });
});
