import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";

import {
  Archive,
  Asset,
  type PropertyMap,
  type PropertyValue,
  Secret,
  Unknown,
} from "../../../../toolchain/providers/property/value";
import { readProperties, writeProperties } from "../../../../toolchain/providers/property/wire";

/** Any value that the engine can send, some levels deep. */
const anyValue: fc.Arbitrary<PropertyValue> = fc.letrec<{ value: PropertyValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constant(null),
    fc.boolean(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.string({ unit: "grapheme" }),
    fc.constant(Unknown.value),
    fc.tuple(fc.string(), fc.string()).map(([text, hash]) => new Asset({ text }, hash)),
    fc.string({ minLength: 1 }).map((path) => new Archive({ path })),
    fc
      .dictionary(
        fc.string(),
        fc.string({ minLength: 1 }).map((path) => new Asset({ path })),
        { noNullPrototype: true },
      )
      .map((assets) => new Archive({ assets })),
    tie("value").map((value) => new Secret(value)),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(fc.string(), tie("value"), { maxKeys: 4, noNullPrototype: true }) as fc.Arbitrary<PropertyMap>,
  ),
})).value;

function throughTheWire(values: PropertyMap): PropertyMap {
  return readProperties(Struct.deserializeBinary(writeProperties(values).serializeBinary()));
}

describe("property values on the wire", () => {
  it("come back as they went, whatever they are", () => {
    fc.assert(
      fc.property(anyValue, (value) => {
        // -0 becomes 0 in neither direction worth telling apart.
        const values = { value: value === 0 ? 0 : value };
        assert.deepEqual(throughTheWire(values), values);
      }),
    );
  });

  it("leaves out names without a value", () => {
    assert.deepEqual(throughTheWire({ given: 1, missing: undefined }), { given: 1 });
  });

  it("reads an output value as its content, with its secret mark", () => {
    const output = (more: object): object => ({
      "4dabf18193072939515e22adb298388d": "d0e6a833031e9bbcd3f4e8bde6ca49a4",
      ...more,
    });
    const struct = Struct.fromJavaScript({
      known: output({ value: "a" }),
      hidden: output({ value: "b", secret: true }),
      later: output({ secret: true }),
    } as never);
    assert.deepEqual(readProperties(struct), { known: "a", hidden: new Secret("b"), later: new Secret(Unknown.value) });
  });

  it("reads every string that stands for an unknown", () => {
    const numbers = "3eeb2bf0-c639-47a8-9e75-3b44932eb421";
    assert.deepEqual(readProperties(Struct.fromJavaScript({ count: numbers })), { count: Unknown.value });
  });

  it("says that the provider is too old when a kind of value is not known", () => {
    const struct = Struct.fromJavaScript({ odd: { "4dabf18193072939515e22adb298388d": "something-new" } });
    assert.throws(() => readProperties(struct), /unknown kind something-new; this provider is too old/);
  });
});
