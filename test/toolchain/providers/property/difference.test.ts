import * as assert from "node:assert/strict";

import { differences, sameValue } from "../../../../toolchain/providers/property/difference";
import { Archive, Asset, Secret, Unknown } from "../../../../toolchain/providers/property/value";

describe("differences", () => {
  it("names the places inside of lists and objects", () => {
    const before = { environment: { A: "1", B: "2" }, triggers: [1, { x: 2 }], same: [true] };
    const after = { environment: { A: "1", C: "3" }, triggers: [1, { x: 3 }, 4], same: [true] };
    assert.deepEqual(differences(before, after), [
      { path: "environment.B", kind: "delete", property: "environment" },
      { path: "environment.C", kind: "add", property: "environment" },
      { path: "triggers[1].x", kind: "update", property: "triggers" },
      { path: "triggers[2]", kind: "add", property: "triggers" },
    ]);
  });

  it("quotes names that a path cannot carry as they are", () => {
    assert.deepEqual(differences({ tags: {} }, { tags: { "a.b": 1 } }), [
      { path: 'tags["a.b"]', kind: "add", property: "tags" },
    ]);
  });

  it("counts a value that is not known yet", () => {
    assert.deepEqual(differences({ a: "x" }, { a: Unknown.value }), [{ path: "a", kind: "update", property: "a" }]);
  });

  it("counts a value that has become a secret, so that the state gets encrypted", () => {
    assert.deepEqual(differences({ a: "x" }, { a: new Secret("x") }), [{ path: "a", kind: "update", property: "a" }]);
    assert.deepEqual(differences({ a: new Secret("x") }, { a: new Secret("x") }), []);
  });

  it("takes null for nothing", () => {
    assert.deepEqual(differences({ a: null }, {}), []);
  });

  it("passes over what other providers left in the state", () => {
    assert.deepEqual(differences({ __defaults: [] }, {}), []);
  });

  it("compares assets and archives by content where it is known, else by place", () => {
    assert.ok(sameValue(new Asset({ path: "a" }, "1"), new Asset({ path: "b" }, "1")));
    assert.ok(!sameValue(new Asset({ path: "a" }, "1"), new Asset({ path: "a" }, "2")));
    assert.ok(!sameValue(new Archive({ path: "a" }), new Archive({ path: "b" })));
  });
});
