import * as assert from "node:assert/strict";

import { byRegion, forceNew, replaces, type ReplacementRow } from "../../../../toolchain/providers/aws/replacement";
import { differences } from "../../../../toolchain/providers/property/difference";
import { type PropertyMap, Unknown } from "../../../../toolchain/providers/property/value";

const region = "eu-central-1";

/** The places whose difference replaces. */
function replacing(rows: readonly ReplacementRow[], before: PropertyMap, after: PropertyMap): string[] {
  return differences(before, after)
    .filter((difference) => replaces(rows, difference, { before, after, region }))
    .map(({ path }) => path);
}

describe("replaces", () => {
  it("is about the input that a row names, and no other", () => {
    const rows = forceNew("a.go", "ami");
    assert.deepEqual(replacing(rows, { ami: "1", amiOwner: "x" }, { ami: "2", amiOwner: "y" }), ["ami"]);
  });

  it("is about everything inside of an input that a row names", () => {
    const rows = forceNew("a.go", "launchTemplate");
    assert.deepEqual(replacing(rows, { launchTemplate: { version: "1" } }, { launchTemplate: { version: "2" } }), [
      "launchTemplate.version",
    ]);
  });

  it("is about one property inside of an object", () => {
    const rows = forceNew("a.go", "root.encrypted");
    const before = { root: { encrypted: false, size: 8 } };
    assert.deepEqual(replacing(rows, before, { root: { encrypted: true, size: 9 } }), ["root.encrypted"]);
  });

  it("is about any item of a list", () => {
    const rows = forceNew("a.go", "disks[].size");
    const before = { disks: [{ size: 1 }, { size: 2, tag: "a" }] };
    assert.deepEqual(replacing(rows, before, { disks: [{ size: 1 }, { size: 3, tag: "b" }] }), ["disks[1].size"]);
  });

  it("sees an object that is added whole, where it has the property", () => {
    const rows = forceNew("a.go", "root.encrypted");
    assert.deepEqual(replacing(rows, {}, { root: { encrypted: true } }), ["root"]);
    assert.deepEqual(replacing(rows, {}, { root: { size: 9 } }), []);
  });

  it("sees a list that is taken away, and an item that is added", () => {
    const rows = forceNew("a.go", "disks[].size");
    assert.deepEqual(replacing(rows, { disks: [{ size: 1 }] }, {}), ["disks"]);
    assert.deepEqual(replacing(rows, { disks: [] }, { disks: [{ size: 1 }] }), ["disks[0]"]);
  });

  it("takes a value that is not known yet for another one", () => {
    assert.deepEqual(replacing(forceNew("a.go", "ami"), { ami: "1" }, { ami: Unknown.value }), ["ami"]);
  });

  it("takes naming the provider's own region for no change, and another region for one", () => {
    assert.deepEqual(replacing([byRegion], {}, { region }), []);
    assert.deepEqual(replacing([byRegion], {}, { region: "eu-west-1" }), ["region"]);
    assert.deepEqual(replacing([byRegion], { region: "eu-west-1" }, {}), ["region"]);
  });
});
