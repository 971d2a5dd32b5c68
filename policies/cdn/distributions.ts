import { Graph, ofType, Resource } from "../graph/graph";
import { entry, list, shownText, text } from "../graph/read";
import { UNKNOWN, Unknown, Value } from "../graph/value";

/** URNs of keys and of random values. */
const nameless = /(?:::|\$)(?:tls|random):[^:$]*:[^:$]*::/;

const distributionType = "aws:cloudfront/distribution:Distribution";

/** Where certificate authorities look for the answer to a challenge, by plain HTTP (RFC 8555, http-01). */
export const challengePattern = "/.well-known/acme-challenge/*";

export const distributions = (graph: Graph): Resource[] => ofType(graph, distributionType);

/** What a distribution does with the requests for some paths. */
export interface Behaviour {
  /** Its path pattern, or `default`. */
  readonly name: string;
  readonly value: Value | undefined;
  /** Whether it is for challenges of certificate authorities, and for nothing else. */
  readonly isForChallenges: boolean;
}

/** The behaviours of a distribution; those for some paths are UNKNOWN together. */
export function behavioursOf({ properties }: Pick<Resource, "properties">): readonly (Behaviour | Unknown)[] {
  const ordered = list(properties["orderedCacheBehaviors"]);
  return [
    { name: "default", value: properties["defaultCacheBehavior"], isForChallenges: false },
    ...(ordered === UNKNOWN ? [UNKNOWN as Unknown] : ordered.map(behaviour)),
  ];
}

function behaviour(value: Value): Behaviour {
  const pattern = entry(value, "pathPattern");
  return { name: shownText(pattern) ?? "a path", value, isForChallenges: text(pattern) === challengePattern };
}

/** An origin of a distribution. */
export interface Origin {
  /** How it is called in findings: its id, else its domain. */
  readonly name: string;
  readonly value: Value;
}

export function originsOf({ properties }: Resource): readonly Origin[] | Unknown {
  const origins = list(properties["origins"]);
  if (origins === UNKNOWN) return UNKNOWN;
  return origins.map((value) => ({
    name: shownText(entry(value, "originId")) ?? shownText(entry(value, "domainName")) ?? "an origin",
    value,
  }));
}

/** The behaviours that ask an origin; UNKNOWN for those that may. */
export function behavioursFor(distribution: Resource, { value }: Origin): readonly (Behaviour | Unknown)[] {
  const id = text(entry(value, "originId"));
  return behavioursOf(distribution).filter((one) => {
    const target = one === UNKNOWN ? UNKNOWN : text(entry(one.value, "targetOriginId"));
    return target === UNKNOWN || id === UNKNOWN || target === id;
  });
}

/**
 * Whether an origin is asked for challenges alone, and is another one's plain HTTP: the same machine, so nothing new is
 * trusted. UNKNOWN when the two may be different machines.
 */
export function isChallengesOrigin(distribution: Resource, origin: Origin): boolean | Unknown {
  const asked = behavioursFor(distribution, origin);
  if (asked.length === 0 || asked.some((one) => one === UNKNOWN || !one.isForChallenges)) return false;
  const others = originsOf(distribution);
  if (others === UNKNOWN) return UNKNOWN;
  const domains = others
    .filter(({ value }) => text(entry(value, "originId")) !== text(entry(origin.value, "originId")))
    .map(({ value }) => text(entry(value, "domainName")));
  const domain = text(entry(origin.value, "domainName"));
  if (domain !== UNKNOWN && domains.includes(domain)) return true;
  if (domain !== UNKNOWN && !domains.includes(UNKNOWN)) return false;
  // What is made from one thing only has one name. Secrets are made from what has none.
  const made = (distribution.propertyDependencies["origins"] ?? []).filter((urn) => !nameless.test(urn));
  return domain === UNKNOWN && domains.includes(UNKNOWN) && made.length === 1 ? true : UNKNOWN;
}
