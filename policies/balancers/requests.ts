import { Resource } from "../graph/graph";
import { entry, list, text, uncovered, wholeNumber } from "../graph/read";
import { UNKNOWN, Unknown, Value } from "../graph/value";
import { wildcardCovers, wildcardMatches } from "../graph/wildcard";
import { Listener } from "./listeners";

/** A request, as far as rules tell requests apart by address. */
export interface AddressedRequest {
  readonly host: string;
  readonly path: string;
}

/** Which requests a rule is for. */
export const Asked = {
  Yes: "yes",
  No: "no",
  /** Those of them that have a header, method, query or sender besides. */
  Some: "some",
  Unknown: "unknown",
} as const;
export type Asked = (typeof Asked)[keyof typeof Asked];

/** The patterns of a rule, by what they are compared with; null where any will do. */
interface Patterns {
  /** In small letters. */
  readonly hosts: readonly string[][];
  readonly paths: readonly string[][];
  /** Whether it asks for more than an address. */
  readonly isNarrower: boolean;
  /** Whether some of it is not known, or told by regular expressions. */
  readonly isUncertain: boolean;
}

/** The rules of a listener in the order in which they are tried; UNKNOWN when that is not known. */
export function ordered({ rules }: Pick<Listener, "rules">): readonly Resource[] | Unknown {
  const numbered = rules.map((rule) => ({ rule, priority: wholeNumber(rule.properties["priority"]) }));
  if (numbered.length > 1 && numbered.some(({ priority }) => typeof priority !== "number")) return UNKNOWN;
  return numbered.sort((one, other) => Number(one.priority ?? 0) - Number(other.priority ?? 0)).map(({ rule }) => rule);
}

/** Whether a rule is for a request. */
export function isAsked(rule: Resource, { host, path }: AddressedRequest): Asked {
  const { hosts, paths, isNarrower, isUncertain } = patternsOf(rule);
  const isFor = (all: readonly string[][], given: string): boolean =>
    all.every((patterns) => patterns.some((pattern) => wildcardMatches(pattern, given)));
  if (!isFor(hosts, host.toLowerCase()) || !isFor(paths, path)) return Asked.No;
  if (isUncertain) return Asked.Unknown;
  return isNarrower ? Asked.Some : Asked.Yes;
}

/** Whether a rule is for all requests that another one is for. */
export function coversRule(rule: Resource, other: Resource): boolean {
  const own = patternsOf(rule);
  const its = patternsOf(other);
  if (own.isNarrower || own.isUncertain || its.isUncertain) return false;
  const covers = (wide: readonly string[][], narrow: readonly string[][]): boolean =>
    wide.every((patterns) =>
      // Nothing asked for is any of them.
      (narrow.length > 0 ? narrow : [["*"]]).some((asked) =>
        asked.every((one) => patterns.some((pattern) => wildcardCovers(pattern, one))),
      ),
    );
  return covers(own.hosts, its.hosts) && covers(own.paths, its.paths);
}

function patternsOf(rule: Resource): Patterns {
  const conditions = list(rule.properties["conditions"]);
  if (conditions === UNKNOWN) return { hosts: [], paths: [], isNarrower: false, isUncertain: true };
  const hosts = conditions.map((condition) => valuesOf(condition, "hostHeader"));
  const paths = conditions.map((condition) => valuesOf(condition, "pathPattern"));
  const known = (all: readonly (string[] | null | Unknown)[]): string[][] =>
    all.filter((values) => Array.isArray(values));
  return {
    hosts: known(hosts).map((values) => values.map((value) => value.toLowerCase())),
    paths: known(paths),
    isNarrower: conditions.some((condition) => narrowing.some((kind) => isGiven(entry(condition, kind)))),
    isUncertain: [...hosts, ...paths].includes(UNKNOWN),
  };
}

const narrowing = ["httpHeader", "httpRequestMethod", "queryStrings", "sourceIp"];

const isGiven = (value: Value | undefined): boolean => {
  const bare = uncovered(value);
  return bare !== undefined && bare !== null && !(Array.isArray(bare) && bare.length === 0);
};

/** The values of a kind of condition; null where it is another one, UNKNOWN where they cannot be tried here. */
function valuesOf(condition: Value, kind: string): string[] | null | Unknown {
  const block = entry(condition, kind);
  if (block === UNKNOWN) return UNKNOWN;
  if (!isGiven(block)) return null;
  const values = list(entry(block, "values"));
  const expressions = list(entry(block, "regexValues"));
  if (values === UNKNOWN || expressions === UNKNOWN || expressions.length > 0) return UNKNOWN;
  const texts = values.map(text);
  return texts.includes(UNKNOWN) ? UNKNOWN : texts.filter((value) => typeof value === "string");
}
