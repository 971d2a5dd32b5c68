import assert from "node:assert/strict";
import fc from "fast-check";
import { Secret, UNKNOWN } from "../../../policies/graph/value";
import { propertyValue, propertyValues } from "../../../policies/input/property-value";

const signature = "4dabf18193072939515e22adb298388d";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";
const unknownText = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** What a secret covers. */
function covered(value: unknown): unknown {
  assert.ok(value instanceof Secret);
  return value.reveal();
}

describe("propertyValue", () => {
  it("leaves plain data as it is", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        fc.pre(!JSON.stringify(value).includes('"__'));
        assert.deepEqual(propertyValue(value), value);
      }),
    );
  });

  it("marks what is not known at its own depth", () => {
    assert.deepEqual(propertyValue({ tags: [{ value: unknownText }, { value: "web" }] }), {
      tags: [{ value: UNKNOWN }, { value: "web" }],
    });
  });

  it("knows the marks of all types", () => {
    const marks = [
      "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
      "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
      "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
      "030794c1-ac77-496b-92df-f27374a8bd58",
      "e48ece36-62e2-4504-bad9-02848725956a",
      "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
    ];
    assert.deepEqual(
      marks.map(propertyValue),
      marks.map(() => UNKNOWN),
    );
  });

  it("covers a secret that a preview hides", () => {
    assert.equal(covered(propertyValue("[secret]")), UNKNOWN);
  });

  it("covers a secret of a state, encrypted or not", () => {
    assert.equal(covered(propertyValue({ [signature]: secretSignature, ciphertext: "v1:abc" })), UNKNOWN);
    const shown = { [signature]: secretSignature, plaintext: '{"user":"anna"}' };
    assert.deepEqual(covered(propertyValue(shown)), { user: "anna" });
    assert.equal(covered(propertyValue({ [signature]: secretSignature, plaintext: "{cut" })), UNKNOWN);
  });

  it("gives an asset as what it is made of", () => {
    const written = { [signature]: "c44067f5952c0a294b673a41bacd8c17", hash: "12ab", text: "hello" };
    assert.deepEqual(propertyValue(written), { hash: "12ab", text: "hello" });
  });
});

describe("propertyValues", () => {
  it("leaves out the engine's own notes", () => {
    assert.deepEqual(propertyValues({ __defaults: ["name"], name: "web", disk: { __defaults: [], size: 8 } }), {
      name: "web",
      disk: { size: 8 },
    });
  });
});
