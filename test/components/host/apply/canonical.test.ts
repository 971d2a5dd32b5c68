import assert from "node:assert/strict";
import fc from "fast-check";

import { canonicalJson, environmentKey, sha256 } from "../../../../components/host/digest";
import { python } from "./python";

const wholeText = fc.string({ unit: "grapheme-composite", maxLength: 20 });

describe("canonical JSON on the host", () => {
  it("gives every plain value the text that planning gives it", () => {
    // JavaScript puts keys that look like an index first, whatever the order they are given in.
    const key = fc.string({ unit: "grapheme-ascii" }).filter((name) => !/^\d+$/.test(name));
    const scalar = fc.oneof(
      wholeText,
      fc.string({ unit: "binary", maxLength: 8 }),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
    );
    const value = fc.oneof(scalar, fc.array(scalar), fc.dictionary(key, scalar));
    const values = fc.sample(value, { numRuns: 200, seed: 1 });
    const found = python(
      "from landfall_apply.canonical import canonical_json\nresult = [canonical_json(v) for v in given]",
      values,
    );
    assert.deepEqual(found, values.map(canonicalJson));
  });

  it("gives every Python environment the key that planning gives it", () => {
    const environment = fc.record({ packages: fc.array(wholeText, { maxLength: 5 }), requirements: wholeText });
    const environments = fc.sample(environment, { numRuns: 100, seed: 2 });
    const script = `from landfall_apply.canonical import environment_key
result = [environment_key(12, v["packages"], v["requirements"]) for v in given]`;
    assert.deepEqual(
      python(script, environments),
      environments.map(({ packages, requirements }) => environmentKey(12, packages, requirements)),
    );
  });

  it("digests text as UTF-8", () => {
    assert.equal(
      python("from landfall_apply.canonical import sha256\nresult = sha256(given.encode())", "Größe"),
      sha256("Größe"),
    );
  });
});
