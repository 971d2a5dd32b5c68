import assert from "node:assert";

import { graphOf, Resource } from "../../../policies/graph/graph";
import { references } from "../../../policies/graph/references";
import { UNKNOWN } from "../../../policies/graph/value";
import { resource } from "../sample-resource";

const groupType = "aws:ec2/securityGroup:SecurityGroup";
const known = resource(groupType, "known", { properties: { id: "sg-1" } });
const later = resource(groupType, "later", { properties: { id: UNKNOWN } });
const other = resource("aws:ec2/vpc:Vpc", "other", { properties: { id: "sg-1" } });

/** The names that a machine's groups refer to. */
function named(ids: Resource["properties"][string], from: readonly Resource[]) {
  const machine = resource("aws:ec2/instance:Instance", "web", {
    properties: { groups: ids },
    propertyDependencies: { groups: from.map(({ urn }) => urn) },
  });
  const { resources, ...rest } = references(graphOf([known, later, other, machine]), machine, "groups", [groupType]);
  return { names: resources.map(({ name }) => name), ...rest };
}

describe("references", () => {
  it("finds a resource by its id, without any dependency", () => {
    assert.deepStrictEqual(named("sg-1", []), { names: ["known"], foreign: [], uncertain: false });
  });

  it("finds a resource by the dependency where the id is not known", () => {
    assert.deepStrictEqual(named([UNKNOWN], [later]), { names: ["later"], foreign: [], uncertain: false });
  });

  it("finds no resource of another type, whether by id or by dependency", () => {
    assert.deepStrictEqual(named(["sg-2"], [other]), { names: [], foreign: ["sg-2"], uncertain: false });
  });

  it("keeps a literal id apart from the resource that an unknown one comes from", () => {
    assert.deepStrictEqual(named([UNKNOWN, "sg-9"], [later]), {
      names: ["later"],
      foreign: ["sg-9"],
      uncertain: false,
    });
  });

  it("takes the dependency for a known value where the graph leaves its id out", () => {
    assert.deepStrictEqual(named(["sg-7"], [later]), { names: ["later"], foreign: [], uncertain: false });
  });

  it("takes the dependency for an id that the graph leaves out, though the resource has a name that is known", () => {
    const group = resource(groupType, "called", { properties: { id: UNKNOWN, name: "called-1" } });
    const machine = resource("aws:ec2/instance:Instance", "web", {
      properties: { groups: ["sg-7"] },
      propertyDependencies: { groups: [group.urn] },
    });
    const { resources } = references(graphOf([group, machine]), machine, "groups", [groupType], ["name", "id"]);
    assert.deepStrictEqual(resources, [group]);
  });

  it("is uncertain about a value that is not known and comes from nothing in the graph", () => {
    assert.deepStrictEqual(named([UNKNOWN, "sg-1"], []), { names: ["known"], foreign: [], uncertain: true });
  });
});
