import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { Store, StoreArgs } from "../../../components/aws/store";
import { applyProgram } from "../../../components/host/apply/program";
import { sha256 } from "../../../components/host/digest";
import { tlsOnly } from "./bucket-policy";
import { all, one, record, Recorded } from "./recorded";

const bucketName = "landfall-dev-web-0123456789ab";
const plan = '{"format":1}';
const objects = "aws:s3/bucketObjectv2:BucketObjectv2";

describe("Store", () => {
  let folder: string;
  let archive: string;
  const code = "c".repeat(64);

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "landfall-store-"));
    archive = join(folder, "code.tar.gz");
    writeFileSync(archive, "packed");
  });
  after(() => rmSync(folder, { recursive: true }));

  const store = (args: Partial<StoreArgs> = {}): Promise<Recorded<Store>> =>
    record(() => new Store("web", { bucketName, plan, archives: { [code]: archive }, ...args }));

  it("has all of its objects below the beginning that is given", async () => {
    const keys = all(await store({ prefix: "fleet/" }), objects).map(({ inputs }) => String(inputs.key));
    assert.equal(keys.length, 4);
    for (const key of keys) assert.match(key, /^fleet\/(?:plans|programs|code|current)\b/);
  });

  it("names plan, program and code by their digests, and keeps them when they are no longer named", async () => {
    const recorded = await store();
    const program = applyProgram();
    assert.deepEqual(
      all(recorded, objects).map(({ name, inputs, retainOnDelete }) => [name, inputs.key, retainOnDelete]),
      [
        ["web-plan", `plans/${sha256(plan)}.json`, true],
        ["web-program", `programs/${program.digest}.py`, true],
        [`web-code-${code.slice(0, 12)}`, `code/${code}.tar.gz`, true],
        ["web-current", "current.json", false],
      ],
    );
    assert.equal(one(recorded, objects, "web-plan").inputs.content, plan);
    assert.equal(one(recorded, objects, "web-program").inputs.content, program.text);
  });

  it("points to the plan last", async () => {
    const recorded = await store();
    const pointer = one(recorded, objects, "web-current");
    assert.deepEqual(JSON.parse(pointer.inputs.content as string), {
      format: 1,
      plan: sha256(plan),
      program: applyProgram().digest,
    });
    for (const { name } of all(recorded, objects).filter((object) => object !== pointer)) {
      assert.ok(pointer.dependsOn.includes(`${objects}::${name}`), `${name} is not awaited`);
    }
  });

  it("does not upload code again because another release of zlib packed it", async () => {
    assert.deepEqual(one(await store(), objects, `web-code-${code.slice(0, 12)}`).ignoreChanges, ["source"]);
  });

  it("is private, versioned and encrypted, and answers by TLS only", async () => {
    const recorded = await store();
    const inputs = (type: string): unknown => {
      const { bucket, ...rest } = one(recorded, `aws:s3/${type}`).inputs;
      assert.equal(bucket, bucketName);
      return rest;
    };
    assert.deepEqual(inputs("bucketVersioning:BucketVersioning"), { versioningConfiguration: { status: "Enabled" } });
    assert.deepEqual(inputs("bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration"), {
      rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
    });
    assert.deepEqual(inputs("bucketPublicAccessBlock:BucketPublicAccessBlock"), {
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    assert.deepEqual(inputs("bucketOwnershipControls:BucketOwnershipControls"), {
      rule: { objectOwnership: "BucketOwnerEnforced" },
    });
    const { policy } = inputs("bucketPolicy:BucketPolicy") as { policy: string };
    assert.deepEqual(JSON.parse(policy), {
      Version: "2012-10-17",
      Statement: [tlsOnly(bucketName)],
    });
  });

  it("lets old versions go after 90 days", async () => {
    const { inputs, dependsOn } = one(
      await store(),
      "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
    );
    assert.deepEqual(inputs.rules, [
      {
        id: "old-versions",
        status: "Enabled",
        filter: {},
        noncurrentVersionExpiration: { noncurrentDays: 90 },
        abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
      },
    ]);
    assert.ok(dependsOn.includes("aws:s3/bucketVersioning:BucketVersioning::web-store"));
  });

  it("can be deleted with all that is in it, unless it is protected", async () => {
    const bucket = "aws:s3/bucket:Bucket";
    const [open, kept] = [one(await store(), bucket), one(await store({ protection: true }), bucket)];
    assert.deepEqual([open.inputs.forceDestroy, open.protect], [true, false]);
    assert.deepEqual([kept.inputs.forceDestroy, kept.protect], [false, true]);
  });

  it("refuses a name that no bucket can have", async () => {
    await assert.rejects(store({ bucketName: "My bucket" }), (error: unknown) => {
      assert.ok(pulumi.InputPropertiesError.isInstance(error));
      assert.match(error.message, /bucketName {2}"My bucket" cannot name a bucket/);
      return true;
    });
  });
});
