import { Context } from "../context";
import { recordsOf } from "../dns/records";
import { Graph, Resource } from "../graph/graph";
import { entry, list, text } from "../graph/read";
import { UNKNOWN, Unknown } from "../graph/value";
import { wildcardCovers, wildcardMatches } from "../graph/wildcard";
import { Behaviour, behavioursOf, Origin, originsOf } from "./distributions";
import { behind } from "./guard";

/** The domains that a distribution answers for; UNKNOWN when they are not known. */
export function aliasesOf({ properties }: Resource): string[] | Unknown {
  const aliases = list(properties["aliases"]);
  if (aliases === UNKNOWN) return UNKNOWN;
  const names = aliases.map(text);
  return names.includes(UNKNOWN) ? UNKNOWN : names.filter((name) => typeof name === "string");
}

/** Whether a distribution answers for a domain, by its name or a wildcard. */
export function isAliasOf(distribution: Resource, domain: string): boolean | Unknown {
  const aliases = aliasesOf(distribution);
  if (aliases === UNKNOWN) return UNKNOWN;
  return aliases.some((alias) => wildcardMatches(alias.toLowerCase(), domain));
}

/** The behaviour that a distribution has for a path: the first whose pattern matches, else the default. */
export function behaviourFor(distribution: Resource, path: string): Behaviour | Unknown {
  const [fallback, ...ordered] = behavioursOf(distribution);
  for (const behaviour of ordered) {
    if (behaviour === UNKNOWN) return UNKNOWN;
    const pattern = patternOf(behaviour);
    if (pattern === UNKNOWN) return UNKNOWN;
    if (wildcardMatches(pattern, path)) return behaviour;
  }
  return fallback ?? UNKNOWN;
}

/** Whether a behaviour is for all paths that another one is for. */
export function coversBehaviour(behaviour: Behaviour, other: Behaviour): boolean {
  const own = patternOf(behaviour);
  const its = patternOf(other);
  return own !== UNKNOWN && its !== UNKNOWN && wildcardCovers(own, its);
}

/** Its pattern, from the root: the slash at its beginning may be left out (CloudFront, "Path pattern"). */
function patternOf({ value }: Behaviour): string | Unknown {
  const pattern = text(entry(value, "pathPattern"));
  if (typeof pattern !== "string") return UNKNOWN;
  return /^[/*]/.test(pattern) ? pattern : `/${pattern}`;
}

/** The origin that a behaviour asks; UNKNOWN when it is not known, or a group of several. */
export function originFor(distribution: Resource, behaviour: Behaviour): Origin | Unknown {
  const id = text(entry(behaviour.value, "targetOriginId"));
  const origins = originsOf(distribution);
  if (origins === UNKNOWN || id === UNKNOWN) return UNKNOWN;
  return origins.find(({ value }) => text(entry(value, "originId")) === id) ?? UNKNOWN;
}

/** What an origin leads to: by what its name is made from, else by the records of that name. */
export function endsOf(distribution: Resource, origin: Origin, { graph }: Pick<Context, "graph">): readonly Resource[] {
  const own = behind(graph, distribution, origin);
  const domain = text(entry(origin.value, "domainName"));
  return own.length > 0 || typeof domain !== "string" ? own : named(graph, domain.toLowerCase());
}

function named(graph: Graph, domain: string): Resource[] {
  return recordsOf(graph, domain)
    .records.flatMap(({ propertyDependencies }) => [
      ...(propertyDependencies["records"] ?? []),
      ...(propertyDependencies["aliases"] ?? []),
    ])
    .flatMap((urn) => graph.byUrn.get(urn) ?? []);
}
