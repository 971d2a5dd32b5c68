import {
  Archive,
  Asset,
  isPropertyList,
  isPropertyMap,
  mapProperties,
  type PropertyMap,
  type PropertyValue,
  Secret,
  Unknown,
} from "./property/value";
import type { PropertyTable, PropertyType } from "./table";

/** An input that cannot be used. */
export interface Failure {
  /** The input, with the place inside of it, e.g. `connection.port` or `dnsNames[1]`. */
  readonly property: string;
  /** What is wrong with it, and what to do. */
  readonly reason: string;
}

/** The inputs with defaults filled in, at every depth where the table has objects. Secret marks stay. */
export function withDefaults(table: PropertyTable, inputs: PropertyMap): PropertyMap {
  const given = mapProperties(inputs, (value, name) => {
    const type = table[name]?.type;
    return type === undefined ? value : defaultsInside(type, value);
  });
  const missing = Object.entries(table)
    .filter(([name, property]) => property.default !== undefined && (given[name] ?? null) === null)
    .map(([name, property]) => [name, property.default]);
  return { ...given, ...Object.fromEntries(missing) };
}

function defaultsInside(type: PropertyType, value: PropertyValue): PropertyValue {
  if (typeof type === "string" || !("object" in type)) return value;
  if (value instanceof Secret) return new Secret(defaultsInside(type, value.value));
  return isPropertyMap(value) ? withDefaults(type.object, value) : value;
}

/** Everything about the inputs of a resource or function that does not fit its table. Values not known yet fit. */
export function checkInputs(table: { inputs: PropertyTable; open?: boolean }, inputs: PropertyMap): Failure[] {
  return checkProperties(table.inputs, inputs, table.open ?? false, "");
}

function checkProperties(table: PropertyTable, inputs: PropertyMap, open: boolean, prefix: string): Failure[] {
  const unlisted = open ? [] : Object.keys(inputs).filter((name) => !(name in table) && !name.startsWith("__"));
  return [
    ...Object.entries(table).flatMap(([name, property]) => {
      const value = inputs[name];
      if (value === undefined || value === null) {
        return property.required ? [{ property: prefix + name, reason: "is missing, and has to be given" }] : [];
      }
      return checkValue(property.type, value, prefix + name);
    }),
    ...unlisted.map((name) => ({
      property: prefix + name,
      reason: `is not known; known are ${Object.keys(table).join(", ")}`,
    })),
  ];
}

function checkValue(type: PropertyType, value: PropertyValue, path: string): Failure[] {
  if (value instanceof Secret) return checkValue(type, value.value, path);
  if (value instanceof Unknown || type === "any") return [];
  const wrong = (expected: string): Failure[] => [
    { property: path, reason: `is ${kindOf(value)}, and has to be ${expected}` },
  ];
  if (typeof type === "string") return fits(type, value) ? [] : wrong(expectations[type]);
  if ("choices" in type) {
    if (typeof value !== "string") return wrong("a text");
    return type.choices.includes(value)
      ? []
      : [{ property: path, reason: `is ${JSON.stringify(value)}, and has to be one of ${type.choices.join(", ")}` }];
  }
  if ("list" in type) {
    if (!isPropertyList(value)) return wrong("a list");
    return value.flatMap((item, index) => checkValue(type.list, item, `${path}[${index}]`));
  }
  if (!isPropertyMap(value)) return wrong("an object");
  if ("object" in type) return checkProperties(type.object, value, false, `${path}.`);
  return Object.entries(value).flatMap(([name, item]) =>
    item === undefined ? [] : checkValue(type.map, item, `${path}.${name}`),
  );
}

type PlainType = Exclude<PropertyType, object | "any">;

const expectations: Record<PlainType, string> = {
  string: "a text",
  boolean: "true or false",
  integer: "a whole number",
  number: "a number",
  asset: "an asset",
  archive: "an archive",
  assetOrArchive: "an asset or an archive",
};

function fits(type: PlainType, value: PropertyValue): boolean {
  switch (type) {
    case "integer":
      return Number.isInteger(value);
    case "asset":
      return value instanceof Asset;
    case "archive":
      return value instanceof Archive;
    case "assetOrArchive":
      return value instanceof Asset || value instanceof Archive;
    default:
      return typeof value === type;
  }
}

/** Says what a value is without showing it: it may be a secret. */
function kindOf(value: PropertyValue): string {
  if (value === null) return "nothing";
  if (value instanceof Asset) return "an asset";
  if (value instanceof Archive) return "an archive";
  if (isPropertyList(value)) return "a list";
  if (isPropertyMap(value)) return "an object";
  if (typeof value === "string") return "a text";
  if (typeof value === "number") return Number.isInteger(value) ? "a whole number" : "a number with a fraction";
  return typeof value === "boolean" ? "true or false" : "a value";
}
