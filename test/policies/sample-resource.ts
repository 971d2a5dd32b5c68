import { Resource } from "../../policies/graph/graph";

/** A resource with as much as a test needs to say. */
export function resource(type: string, name: string, rest: Partial<Resource> = {}): Resource {
  return {
    urn: `urn:pulumi:dev::site::${type}::${name}`,
    type,
    name,
    properties: {},
    dependencies: [],
    propertyDependencies: {},
    parent: null,
    ...rest,
  };
}
