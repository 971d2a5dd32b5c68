import { HaproxyArgument } from "./tree";

/** The ACL that holds for requests of one route; undefined where an app has no other. */
export type OfRoute = string | undefined;

/** The end of a line that is for the requests of a route for which all of these hold as well. */
export function when(ofRoute: OfRoute, ...terms: HaproxyArgument[]): HaproxyArgument[] {
  const all = [...(ofRoute === undefined ? [] : [ofRoute]), ...terms];
  return all.length === 0 ? [] : ["if", ...all];
}
