import { Resource } from "../graph/graph";
import { text, uncovered } from "../graph/read";
import { UNKNOWN, Unknown, Value } from "../graph/value";

/** Tags that a policy looks for, and the property of it that they come from. */
export interface WantedTag {
  readonly key: string;
  readonly value: Value | undefined;
}

/** Where tags are written: on a resource, or in a block of one. */
export interface Tagged {
  readonly resource: Resource;
  readonly property: string;
  readonly tags: Value | undefined;
}

/**
 * Whether something has a tag; UNKNOWN when that cannot be told. Of two values that are not known, those that are made from
 * the same resource are the same: an id that is looked for is the id that is written.
 */
export function hasTag(tagged: Tagged, from: Resource, property: string, { key, value }: WantedTag): boolean | Unknown {
  const tags = uncovered(tagged.tags);
  if (tags === UNKNOWN) return UNKNOWN;
  if (typeof tags !== "object" || tags === null || !Object.hasOwn(tags, key)) return false;
  const own = text((tags as Readonly<Record<string, Value>>)[key]);
  const wanted = text(value);
  if (own !== UNKNOWN && wanted !== UNKNOWN) return own === wanted;
  const origins = tagged.resource.propertyDependencies[tagged.property] ?? [];
  const same = (from.propertyDependencies[property] ?? []).some((urn) => origins.includes(urn));
  return own === wanted && same ? true : UNKNOWN;
}

/** Any of some answers: true before UNKNOWN before false. */
export function any(answers: readonly (boolean | Unknown)[]): boolean | Unknown {
  return answers.includes(true) || (answers.includes(UNKNOWN) ? UNKNOWN : false);
}

/** All of some answers: false before UNKNOWN before true. */
export function every(answers: readonly (boolean | Unknown)[]): boolean | Unknown {
  return !answers.includes(false) && (answers.includes(UNKNOWN) ? UNKNOWN : true);
}
