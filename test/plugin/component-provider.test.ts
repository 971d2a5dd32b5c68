import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";

import { ComponentProvider } from "../../plugin/component-provider";

const schema = JSON.stringify({
  version: "1.2.3",
  resources: {
    "landfall:index:Pond": {
      inputProperties: { plants: { plain: true }, depth: {} },
      properties: { area: {} },
    },
  },
});

class Pond extends pulumi.ComponentResource {
  readonly area: pulumi.Output<string>;
  readonly unlisted = pulumi.output("unlisted");

  constructor(name: string, args: { plants?: string[]; depth?: pulumi.Input<number> }, opts?: pulumi.ResourceOptions) {
    super("landfall:index:Pond", name, args, opts);
    this.area = pulumi.output(args.depth ?? 0).apply((depth) => `${args.plants?.join(" ")} in ${depth} m`);
  }
}

describe("ComponentProvider", () => {
  const provider = new ComponentProvider(schema, { Pond, depth: 3 });

  before(() => pulumi.runtime.setMocks({ newResource: ({ name }) => ({ id: name, state: {} }), call: () => ({}) }));

  const construct = (inputs: pulumi.Inputs, type = "landfall:index:Pond"): Promise<pulumi.provider.ConstructResult> =>
    provider.construct("garden", type, inputs, {});

  it("has the schema's version", () => {
    assert.equal(provider.version, "1.2.3");
    assert.equal(provider.schema, schema);
  });

  it("makes the component and gives the outputs of the schema, no others", async () => {
    const { urn, state } = await construct({ plants: ["reed", "lily"], depth: pulumi.output(2) });
    const resolved = await new Promise((resolve) => pulumi.output(state).apply(resolve));
    assert.deepEqual(resolved, { area: "reed lily in 2 m" });
    assert.match(
      String(await new Promise((resolve) => pulumi.output(urn).apply(resolve))),
      /landfall:index:Pond::garden$/,
    );
  });

  it("names the components that there are when asked for another", async () => {
    await assert.rejects(construct({}, "landfall:index:Lake"), {
      message: "the package landfall has no component landfall:index:Lake; it has landfall:index:Pond",
    });
  });

  it("takes no name of the library's that the schema does not have", async () => {
    await assert.rejects(construct({}, "landfall:index:depth"), /has no component landfall:index:depth/);
    await assert.rejects(construct({}, "constructor"), /has no component constructor/);
  });

  it("refuses an output where the plan needs a plain value, and takes it elsewhere", async () => {
    await assert.rejects(construct({ plants: pulumi.output(["reed"]), depth: pulumi.output(1) }), (error) => {
      assert.ok(pulumi.InputPropertiesError.isInstance(error));
      assert.deepEqual(
        error.errors?.map(({ propertyPath }) => propertyPath),
        ["plants"],
      );
      assert.match(error.message, /landfall:index:Pond 'garden' has 1 problem/);
      return true;
    });
  });
});
