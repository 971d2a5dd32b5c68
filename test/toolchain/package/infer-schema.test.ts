import assert from "node:assert/strict";
import { ComponentResource, CustomResource } from "@pulumi/pulumi";

import { componentNames } from "../../../toolchain/package/infer-schema";

describe("componentNames", () => {
  class Pond extends ComponentResource {}
  class DeepPond extends Pond {}
  class Bucket extends CustomResource {}

  it("finds the component classes among a module's exports, and nothing else", () => {
    assert.deepEqual(componentNames({ Bucket, DeepPond, depth: 3, Pond, pond: () => ({}), Water: { Salt: "salt" } }), [
      "DeepPond",
      "Pond",
    ]);
  });
});
