import type { PropertyValue } from "../property/value";
import type { Output, Property, PropertyTable } from "../table";

/** The kinds of properties that AWS resources have, for their tables. */
export const text: Property = { type: "string" };
export const flag: Property = { type: "boolean" };
export const integer: Property = { type: "integer" };
export const number: Property = { type: "number" };
export const texts: Property = { type: { list: "string" } };
export const textMap: Property = { type: { map: "string" } };
/** A JSON document: as text, or as the object that is written as such a text. */
export const document: Property = { type: "any" };

/** One object of its own properties. */
export function object(table: PropertyTable): Property {
  return { type: { object: table } };
}

/** A list of such objects. */
export function objects(table: PropertyTable): Property {
  return { type: { list: { object: table } } };
}

export function required(property: Property): Property {
  return { ...property, required: true };
}

export function secret(property: Property): Property {
  return { ...property, secret: true };
}

export function byDefault(value: PropertyValue, property: Property): Property {
  return { ...property, default: value };
}

/** An output that AWS computes. An update in place leaves it as it is, unless the resource's definition says otherwise. */
export function computed(property: Property): Output {
  return { ...property, required: true, keptOnUpdate: true };
}
