import assert from "node:assert/strict";
import fc from "fast-check";
import { Secret, UNKNOWN } from "../../../policies/graph/value";
import { exportedResources, previewResources } from "../../../policies/input/engine-state";
import { InputError } from "../../../policies/input/input-error";

const urn = "urn:pulumi:dev::shop::landfall:index:Site$aws:ec2/instance:Instance::web::1";
const unknownText = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

const state = {
  urn,
  type: "aws:ec2/instance:Instance",
  custom: true,
  id: "",
  inputs: { __defaults: [], ami: "ami-1", password: "[secret]" },
  outputs: { ami: "old", arn: unknownText },
  parent: "urn:parent",
  dependencies: ["urn:role"],
  propertyDependencies: { ami: [], iamInstanceProfile: ["urn:role"], tags: null },
};

const preview = (...steps: object[]) => ({ steps, changeSummary: { create: steps.length } });

describe("previewResources", () => {
  it("gives what a resource will be: inputs over outputs, dependencies by property", () => {
    const [resource, ...others] = previewResources(preview({ op: "create", urn, newState: state }));
    assert.deepEqual(others, []);
    const { password, ...properties } = resource!.properties;
    assert.deepEqual(
      { ...resource, properties },
      {
        urn,
        type: "aws:ec2/instance:Instance",
        name: "web::1",
        properties: { ami: "ami-1", arn: UNKNOWN },
        dependencies: ["urn:role"],
        propertyDependencies: { ami: [], iamInstanceProfile: ["urn:role"], tags: [] },
        parent: "urn:parent",
      },
    );
    assert.ok(password instanceof Secret);
  });

  it("gives the id where it is known", () => {
    const [resource] = previewResources(preview({ op: "same", urn, newState: { ...state, id: "i-1" } }));
    assert.equal(resource!.properties["id"], "i-1");
  });

  it("leaves out what is deleted, and takes the last state of what is replaced", () => {
    const replaced = { ...state, inputs: { ami: "ami-2" } };
    const resources = previewResources(
      preview(
        { op: "create-replacement", urn, newState: state },
        { op: "replace", urn, newState: replaced },
        { op: "delete", urn: "urn:gone", oldState: state, newState: null },
      ),
    );
    assert.deepEqual(
      resources.map(({ properties }) => properties["ami"]),
      ["ami-2"],
    );
  });

  it("refuses a preview that leaves out what does not change, and says how to make a whole one", () => {
    assert.throws(
      () => previewResources({ steps: [{ op: "same", urn, newState: state }], changeSummary: { same: 4 } }),
      new InputError(
        "the preview leaves out 3 resources that do not change; make it with: pulumi preview --json --show-sames",
      ),
    );
  });

  it("refuses a preview that failed", () => {
    assert.throws(
      () => previewResources({ steps: [], diagnostics: [{ severity: "error", message: "no such file" }] }),
      /the preview failed/,
    );
  });

  it("takes a preview of nothing", () => {
    assert.deepEqual(previewResources({ changeSummary: {} }), []);
  });
});

describe("exportedResources", () => {
  it("leaves out what only waits for its deletion", () => {
    const resources = exportedResources({ deployment: { resources: [state, { ...state, delete: true }] } });
    assert.deepEqual(
      resources.map((resource) => resource.urn),
      [urn],
    );
  });

  it("refuses a state without deployment or with something that is no resource", () => {
    assert.throws(() => exportedResources({ deployment: null }), /the state has no deployment/);
    assert.throws(
      () => exportedResources({ deployment: { resources: [state, { type: "x" }] } }),
      new InputError("deployment.resources[1] is no resource: it has no urn or no type; make the file again"),
    );
  });

  it("gives resources or a reason, whatever the JSON holds", () => {
    fc.assert(
      fc.property(fc.array(fc.dictionary(fc.constantFrom(...Object.keys(state)), fc.jsonValue())), (resources) => {
        try {
          exportedResources({ deployment: { resources } });
        } catch (error) {
          assert.ok(error instanceof InputError, String(error));
        }
      }),
    );
  });
});
