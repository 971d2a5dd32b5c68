import { HostView } from "../reader/host-view";
import { currentType } from "./current-type";
import { Value } from "./value";

/** A resource as the engine knows it, at preview or in a state. */
export interface Resource {
  readonly urn: string;
  /** Type token; in a graph the one that `currentType` gives. */
  readonly type: string;
  /** Its name in the program. */
  readonly name: string;
  readonly properties: Readonly<Record<string, Value>>;
  /** URNs of what it depends on. */
  readonly dependencies: readonly string[];
  /** URNs of what each property is made from. Known at preview, when ids are not. */
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
  /** URN of its parent. */
  readonly parent: string | null;
}

/** What is evaluated: the resources of a stack, and hosts that were read from files. */
export interface Graph {
  readonly resources: readonly Resource[];
  /** Hosts that were read from files, without a resource of their own. */
  readonly hosts: readonly HostView[];
  readonly byUrn: ReadonlyMap<string, Resource>;
  readonly byType: ReadonlyMap<string, readonly Resource[]>;
}

/** The graph of the resources. Type tokens are brought up to date; of two resources with one URN the first is kept. */
export function graphOf(resources: readonly Resource[], hosts: readonly HostView[] = []): Graph {
  const byUrn = new Map<string, Resource>();
  const byType = new Map<string, Resource[]>();
  for (const given of resources) {
    if (byUrn.has(given.urn)) continue;
    const resource = { ...given, type: currentType(given.type) };
    byUrn.set(resource.urn, resource);
    const same = byType.get(resource.type);
    if (same) same.push(resource);
    else byType.set(resource.type, [resource]);
  }
  return { resources: [...byUrn.values()], hosts, byUrn, byType };
}

/** The resources of the (current) types. */
export function ofType(graph: Graph, ...types: readonly string[]): Resource[] {
  return types.flatMap((type) => graph.byType.get(type) ?? []);
}

/** Whether the program gave the property. Of one that is computed otherwise, the value alone does not tell. */
export function isGiven(resource: Resource, property: string): boolean {
  return Object.hasOwn(resource.propertyDependencies, property);
}

/**
 * Whether `isGiven` tells of all properties. A policy pack is not told of those that are made from no resource, so there
 * a property that is not given may be given all the same.
 */
export function tellsGiven(resource: Resource): boolean {
  return Object.values(resource.propertyDependencies).some((origins) => origins.length === 0);
}

/** The components that a resource stands in, nearest first. */
export function ancestors(graph: Graph, resource: Resource): Resource[] {
  const found: Resource[] = [];
  let parent = graph.byUrn.get(resource.parent ?? "");
  while (parent && !found.includes(parent)) {
    found.push(parent);
    parent = graph.byUrn.get(parent.parent ?? "");
  }
  return found;
}
