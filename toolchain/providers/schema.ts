import type { Provider } from "./provider";
import type { Property, PropertyTable, PropertyType, ResourceTable } from "./table";

/**
 * The provider's schema as `pulumi package get-schema` and programs in YAML need it: names, types, what has to be given,
 * what is secret, what makes a resource anew. Descriptions are in the published package.
 */
export function packageSchema(provider: Provider): object {
  const resources = Object.entries(provider.resources).map(([token, { table }]) => [token, resourceSchema(table)]);
  const functions = Object.entries(provider.functions).map(([token, { table }]) => [
    token,
    {
      inputs: { type: "object", ...objectSchema(table.inputs) },
      outputs: { type: "object", ...objectSchema({ ...table.inputs, ...table.outputs }) },
    },
  ]);
  return {
    name: provider.name,
    version: provider.version,
    resources: Object.fromEntries(resources),
    functions: Object.fromEntries(functions),
  };
}

function resourceSchema(table: ResourceTable): object {
  const inputs = objectSchema(table.inputs);
  const outputs = objectSchema({ ...table.inputs, ...table.outputs });
  return {
    inputProperties: inputs.properties,
    requiredInputs: inputs.required,
    properties: outputs.properties,
    required: [...outputs.required, ...(table.filledIn ?? [])].sort(),
  };
}

function objectSchema(table: PropertyTable): { properties: object; required: string[] } {
  const properties = Object.entries(table).map(([name, property]) => [name, propertySchema(property)]);
  const required = Object.entries(table).filter(([, property]) => property.required);
  return { properties: Object.fromEntries(properties), required: required.map(([name]) => name).sort() };
}

function propertySchema(property: Property): object {
  return {
    ...typeSchema(property.type),
    ...(property.secret ? { secret: true } : {}),
    ...(property.replaces ? { replaceOnChanges: true } : {}),
    ...(property.default === undefined || typeof property.default === "object" ? {} : { default: property.default }),
  };
}

function typeSchema(type: PropertyType): object {
  if (typeof type === "object") {
    if ("list" in type) return { type: "array", items: typeSchema(type.list) };
    if ("map" in type) return { type: "object", additionalProperties: typeSchema(type.map) };
    if ("choices" in type) return { type: "string" };
    // Objects are written as maps: naming types would need a token for each, which only generated SDKs would use.
    return { type: "object", additionalProperties: { $ref: "pulumi.json#/Any" } };
  }
  switch (type) {
    case "any":
      return { $ref: "pulumi.json#/Any" };
    case "asset":
    case "assetOrArchive":
      return { $ref: "pulumi.json#/Asset" };
    case "archive":
      return { $ref: "pulumi.json#/Archive" };
    default:
      return { type };
  }
}
