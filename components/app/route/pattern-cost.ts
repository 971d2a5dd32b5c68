import { Characters } from "./pattern-characters";
import { PatternNode } from "./pattern-node";

/** How much work a pattern may be for a path that it does not match: `ways` times the length of the path to the power `degree`. */
interface PatternCost {
  degree: number;
  ways: number;
}

/** More would be tried for too long with a path of 16 KiB, the longest that nginx takes here. */
const mostWays = 1000;

/** Most characters once counts are written out: PCRE compiles `(?:ab){9}` into nine copies. */
const mostPlaces = 2000;

/**
 * Why a pattern could keep a web server busy with a path made for it: expressions of this kind are tried in all the ways in
 * which their repeats can share a path. Undefined when it could not.
 */
export function slowness(node: PatternNode): string | undefined {
  if (placesOf(node) > mostPlaces) return `has more than ${mostPlaces} characters once its counts are written out`;
  const cost = costOf(node);
  if (cost === undefined) return "repeats a group that repeats something itself, or has choices";
  if (cost.degree > 1) return "has repeats that can share the same characters in many ways";
  if (cost.ways > mostWays) return `can be tried in more than ${mostWays} ways`;
  return undefined;
}

function placesOf(node: PatternNode): number {
  const sum = (nodes: readonly PatternNode[]): number => nodes.reduce((total, one) => total + placesOf(one), 0);
  switch (node.kind) {
    case "characters":
    case "end":
      return 1;
    case "sequence":
      return sum(node.items);
    case "choice":
      return sum(node.ways);
    case "repeat":
      return placesOf(node.item) * Math.max(1, node.to === Infinity ? node.from : node.to);
  }
}

/** Undefined: beyond any count. */
function costOf(node: PatternNode): PatternCost | undefined {
  switch (node.kind) {
    case "characters":
    case "end":
      return { degree: 0, ways: 1 };
    case "choice":
      return together(node.ways.map(costOf), (a, b) => ({
        degree: Math.max(a.degree, b.degree),
        ways: a.ways + b.ways,
      }));
    case "sequence":
      return together(
        node.items.map((item, index) =>
          isBounded(item, node.items.slice(index + 1)) ? { degree: 0, ways: 1 } : costOf(item),
        ),
        (a, b) => ({ degree: a.degree + b.degree, ways: a.ways * b.ways }),
      );
    case "repeat":
      return repeatCost(node);
  }
}

type Repeat = Extract<PatternNode, { kind: "repeat" }>;

function repeatCost({ item, from, to }: Repeat): PatternCost | undefined {
  const inner = costOf(item);
  if (!inner) return undefined;
  const isFixed = inner.degree === 0 && inner.ways === 1;
  if (to === Infinity) return isFixed ? { degree: 1, ways: 1 } : undefined;
  if (to === 1) return { degree: inner.degree, ways: inner.ways + 1 };
  return isFixed ? { degree: 0, ways: to - from + 1 } : undefined;
}

/** Whether a repeat ends where a character comes that it does not take, so that there is one way only. */
function isBounded(item: PatternNode, rest: readonly PatternNode[]): boolean {
  if (item.kind !== "repeat" || item.item.kind !== "characters") return false;
  const [next] = rest;
  if (next === undefined) return false;
  const follows =
    next.kind === "characters"
      ? next.has
      : next.kind === "repeat" && next.from > 0 && next.item.kind === "characters"
        ? next.item.has
        : undefined;
  return follows !== undefined && !haveCommon(item.item.has, follows);
}

function haveCommon(a: Characters, b: Characters): boolean {
  return (a.others && b.others) || [...a.codes].some((code) => b.codes.has(code));
}

function together(
  costs: readonly (PatternCost | undefined)[],
  join: (a: PatternCost, b: PatternCost) => PatternCost,
): PatternCost | undefined {
  if (costs.some((cost) => cost === undefined)) return undefined;
  const [first, ...others] = costs as PatternCost[];
  return others.reduce(join, first ?? { degree: 0, ways: 1 });
}
