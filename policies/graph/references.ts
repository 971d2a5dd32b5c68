import { Graph, Resource } from "./graph";
import { perGraph } from "./per-graph";
import { shownText, text, uncovered } from "./read";
import { UNKNOWN, Value } from "./value";

/** What a property names. */
export interface References {
  readonly resources: readonly Resource[];
  /** Known values that name no resource of the graph; secrets covered. */
  readonly foreign: readonly string[];
  /** Whether part of it is not known and nothing tells what it is made from. */
  readonly uncertain: boolean;
}

/**
 * What a property names among resources of some types. Known values are compared with what the resources are known by;
 * for the others, the property's dependencies say what they are made from: ids are unknown at preview, URNs are not.
 *
 * @param by properties that a resource of those types is known by
 */
export function references(
  graph: Graph,
  from: Resource,
  property: string,
  types: readonly string[],
  by: readonly string[] = ["id"],
): References {
  return referencesOf(graph, from, property, from.properties[property], types, by);
}

/** One value of a property, and the text it is. */
interface Element {
  readonly element: Value;
  readonly value: ReturnType<typeof text>;
}

/** As `references`, for a part of a property, e.g. one element of a list of blocks. */
export function referencesOf(
  graph: Graph,
  from: Resource,
  property: string,
  part: Value | undefined,
  types: readonly string[],
  by: readonly string[] = ["id"],
): References {
  const origins = (from.propertyDependencies[property] ?? [])
    .map((urn) => graph.byUrn.get(urn))
    .filter((origin) => origin !== undefined)
    .filter(({ type }) => types.includes(type));

  const values = elements(part).map((element): Element => ({ element, value: text(element) }));
  const found = new Set<Resource>();
  const foreign: string[] = [];
  // What is made from an id that is not known is itself not known: such values are the origins', whole or in part.
  const hidden = values.some(({ value }) => value === UNKNOWN);
  if (hidden) origins.forEach((origin) => found.add(origin));
  for (const { element, value } of values) {
    if (value === undefined || value === UNKNOWN) continue;
    const named = types.flatMap((type) => namesOf(graph).find(type, by, value));
    // A graph may leave out ids that are known; then the origins tell.
    const nameless = hidden ? [] : origins.filter((origin) => !isKnown(origin, by));
    if (named.length + nameless.length === 0) foreign.push(shownText(element) ?? value);
    [...named, ...(named.length > 0 ? [] : nameless)].forEach((resource) => found.add(resource));
  }
  return { resources: [...found], foreign, uncertain: hidden && origins.length === 0 };
}

function elements(value: Value | undefined): readonly Value[] {
  const bare = uncovered(value);
  if (bare === undefined) return [];
  return Array.isArray(bare) ? bare : [bare];
}

/** Whether all names of a resource are known: a value that is none of them is another resource's. */
const isKnown = (resource: Resource, by: readonly string[]): boolean =>
  by.every((property) => knownNames(resource, property).length > 0);

/** The names that a property of a resource gives it: one, or a list of them. */
function knownNames(resource: Resource, property: string): string[] {
  return elements(resource.properties[property])
    .map(text)
    .filter((name) => typeof name === "string");
}

/** The resources of a graph by what they are known by. */
class Names {
  private readonly byProperty = new Map<string, ReadonlyMap<string, readonly Resource[]>>();

  constructor(private readonly graph: Graph) {}

  find(type: string, by: readonly string[], name: string): Resource[] {
    return [...new Set(by.flatMap((property) => this.named(type, property).get(name) ?? []))];
  }

  private named(type: string, property: string): ReadonlyMap<string, readonly Resource[]> {
    const key = `${type} ${property}`;
    const known = this.byProperty.get(key);
    if (known) return known;
    const named = new Map<string, Resource[]>();
    for (const resource of this.graph.byType.get(type) ?? [])
      for (const name of knownNames(resource, property)) {
        const same = named.get(name);
        if (same) same.push(resource);
        else named.set(name, [resource]);
      }
    this.byProperty.set(key, named);
    return named;
  }
}

const namesOf = perGraph((graph) => new Names(graph));
