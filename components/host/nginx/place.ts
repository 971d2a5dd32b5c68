import { Route } from "../../app/route/route";
import { renderPattern } from "../../app/route/pattern";
import { verbatim } from "./expression";
import { Argument } from "./tree";

/** How a location says which requests it is for. */
export type Place = readonly Argument[];

/** Whether a route takes all that no other route of its domain takes. */
export const isRoot = ({ path = "/", pattern }: Route): boolean => pattern === undefined && path === "/";

/**
 * Where the routes of one domain are. nginx looks for the longest prefix, then for the first pattern, which wins; `^~` ends its
 * search at a prefix, and so is left out where a route has a pattern.
 */
export function placeAmong(routes: readonly Route[]): (route: Route) => Place {
  const hasPatterns = routes.some(({ pattern }) => pattern !== undefined);
  return ({ path = "/", pattern }) => {
    if (pattern !== undefined) return ["~", { token: renderPattern(pattern) }];
    return hasPatterns ? [verbatim(path)] : ["^~", verbatim(path)];
  };
}
