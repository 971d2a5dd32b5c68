import assert from "node:assert/strict";

import { S3StoreConfig, storePaths, storePointer, storeProblems } from "../../../../components/host/apply/store";

const store: S3StoreConfig = {
  kind: "s3",
  bucket: "landfall-dev-web-0123456789ab",
  region: null,
  prefix: "web/",
  parameters: "/landfall/dev/web",
};

describe("the description of an S3 store", () => {
  for (const [what, change] of [
    ["a bucket in the instance's region", {}],
    ["a region by name", { region: "us-gov-east-1" }],
    ["a bucket without prefix", { prefix: "" }],
    ["a prefix of several parts", { prefix: "sites/web.1/" }],
  ] as const) {
    it(`may be ${what}`, () => assert.deepEqual(storeProblems({ ...store, ...change }, "store"), []));
  }

  for (const [key, value] of [
    ["bucket", "with.dots"],
    ["bucket", "UPPER"],
    ["bucket", "ab"],
    ["bucket", "x".repeat(64)],
    ["bucket", "-a-"],
    ["prefix", "web"],
    ["prefix", "/web/"],
    ["prefix", "a b/"],
    ["parameters", "landfall/web"],
    ["parameters", "/landfall/web/"],
    ["parameters", "/"],
    ["region", "eu central"],
    ["region", ""],
  ] as const) {
    it(`may not have ${JSON.stringify(value)} as ${key}`, () => {
      const problems = storeProblems({ ...store, [key]: value }, "store");
      assert.deepEqual(
        problems.map((problem) => [problem.path, problem.value]),
        [[`store.${key}`, value]],
      );
    });
  }

  it("has all its problems told at once", () => {
    const bad = { ...store, bucket: "a", prefix: "b", parameters: "c", region: "d" };
    assert.deepEqual(
      storeProblems(bad, "store").map(({ path }) => path),
      ["store.bucket", "store.prefix", "store.parameters", "store.region"],
    );
  });
});

describe("a store", () => {
  it("has things at paths named by their digests, and a pointer to two of them", () => {
    assert.deepEqual(
      [storePaths.pointer, storePaths.plan("p"), storePaths.program("q"), storePaths.code("c")],
      ["current.json", "plans/p.json", "programs/q.py", "code/c.tar.gz"],
    );
    assert.equal(storePointer("p", "q"), '{"format":1,"plan":"p","program":"q"}\n');
  });
});
