import assert from "node:assert";
import fc from "fast-check";

import { evaluate } from "../../../policies/evaluate";
import { Status } from "../../../policies/finding";
import { graphOf, Resource } from "../../../policies/graph/graph";
import { UNKNOWN, Value } from "../../../policies/graph/value";
import { vmImdsv2 } from "../../../policies/rules/vm-imdsv2";
import { defaultSettings } from "../../../policies/settings";
import { resource } from "../sample-resource";

const instance = "aws:ec2/instance:Instance";
const remediate = (properties: Resource["properties"], type = instance) => vmImdsv2.remediate?.(type, properties);

describe("vm-imdsv2 puts right", () => {
  it("a machine without options", () => {
    assert.deepStrictEqual(remediate({ ami: "ami-1" }), {
      ami: "ami-1",
      metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 1 },
    });
  });

  it("nothing that is right", () => {
    assert.strictEqual(remediate({ metadataOptions: { httpTokens: "required" } }), undefined);
  });

  it("nothing of a machine without a metadata service", () => {
    assert.strictEqual(remediate({ metadataOptions: { httpEndpoint: "disabled" } }), undefined);
  });

  it("nothing of other resources", () => {
    assert.strictEqual(remediate({}, "aws:ebs/volume:Volume"), undefined);
  });

  it("everything that the rule finds, and keeps all other options", () => {
    const options = fc.dictionary(
      fc.constantFrom("httpTokens", "httpEndpoint", "httpPutResponseHopLimit", "instanceMetadataTags"),
      fc.constantFrom<Value>("required", "optional", "enabled", "disabled", 1, 2, 64, UNKNOWN, null),
      { noNullPrototype: true },
    );
    fc.assert(
      fc.property(options, (metadataOptions) => {
        const properties = remediate({ metadataOptions }) ?? { metadataOptions };
        const machine = resource(instance, "web", { properties });
        const [found] = evaluate(graphOf([machine]), defaultSettings, [vmImdsv2]);
        assert.strictEqual(found?.status, Status.Pass);
        assert.deepStrictEqual(
          { ...metadataOptions, ...(properties["metadataOptions"] as object) },
          properties["metadataOptions"],
        );
      }),
    );
  });
});
