import { App } from "../../app/app";
import { Route, ServeBy } from "../../app/route/route";
import { at, Fault, Problem } from "../../app/problem";
import { PlacedRoute, placedRoutes } from "../../app/route/domains";

/** What is done with the requests for some paths. */
export interface PlannedBehaviour {
  /** The paths, as CloudFront matches them, e.g. `/docs/*`. */
  pattern: string;
  /** Whether answers are kept: files are, what apps say is not. */
  isKept: boolean;
}

/** What a distribution does by path, and why it cannot do what the routes ask for. */
export interface PlannedBehaviours {
  /** In the order in which they are tried; the last is for all other paths. */
  behaviours: PlannedBehaviour[];
  problems: Problem[];
}

/** What the last behaviour is for. */
export const anyPath = "*";

/**
 * Plans what a distribution does by path. All paths lead to one origin, so there is a behaviour only where something
 * changes: most routes need none of their own, and the order of the apps changes nothing.
 *
 * A distribution tells requests by path alone, whatever their domain, so a path means the same for each of them.
 *
 * @param domains those that the distribution answers for
 */
export function planBehaviours(apps: readonly App[], domains: readonly string[]): PlannedBehaviours {
  const all = placedRoutes(apps).filter(({ route }) => domains.includes(route.domain));
  const unclear = expressionsBesideFiles(all);
  if (unclear.length > 0) return { behaviours: [], problems: unclear };
  // Without files nothing is kept, whatever the path.
  const routes = all.filter(({ route }) => route.pattern === undefined);
  const paths = [...new Set(routes.map(({ route }) => pathOf(route)))].sort(longestFirst);
  const problems = paths.flatMap((path) => conflict(path, routes, domains));
  if (problems.length > 0) return { behaviours: [], problems };

  const behaviours: PlannedBehaviour[] = [{ pattern: anyPath, isKept: isKept("/", routes) }];
  // From the shortest on, so that each finds what would be done without it.
  for (const path of paths.filter((one) => one !== "/").reverse()) {
    const kept = isKept(path, routes);
    // nginx sends `/docs` on to `/docs/`, whatever the method, which only a behaviour that keeps nothing lets through.
    const patterns = kept ? [`${path}*`] : [`${path}*`, path.slice(0, -1)];
    for (const pattern of patterns) {
      if (match(pattern, behaviours).isKept !== kept) behaviours.unshift({ pattern, isKept: kept });
    }
  }
  const faults = behaviours.flatMap((behaviour) => patternProblems(behaviour, routes));
  return { behaviours, problems: faults };
}

/** An app that answers in the midst of files would have its answers kept. */
function expressionsBesideFiles(routes: readonly PlacedRoute[]): Problem[] {
  if (!routes.some(({ route }) => isFiles(route))) return [];
  return routes.flatMap(({ route: { pattern }, place }) =>
    pattern === undefined
      ? []
      : [
          {
            path: at(place, "pattern"),
            value: pattern,
            reason: "may be in the midst of files, which CloudFront keeps, and it tells paths by how they begin",
            fix: "give a route with a path for each of its beginnings",
          },
        ],
  );
}

const pathOf = ({ path = "/" }: Route): string => path;
const isFiles = ({ serve }: Route): boolean => serve === ServeBy.Files;

function longestFirst(a: string, b: string): number {
  return b.length - a.length || (a < b ? -1 : 1);
}

/** The behaviour that requests for the paths of a pattern would meet. */
function match(pattern: string, behaviours: readonly PlannedBehaviour[]): PlannedBehaviour {
  const covers = (other: string): boolean => other.endsWith("*") && pattern.startsWith(other.slice(0, -1));
  return behaviours.find((one) => covers(one.pattern))!; // the last is for any path
}

/** The route that answers a path below a domain, as nginx finds it. */
function answering(path: string, domain: string, routes: readonly PlacedRoute[]): PlacedRoute | undefined {
  return routes
    .filter(({ route }) => route.domain === domain && path.startsWith(pathOf(route)))
    .sort((a, b) => longestFirst(pathOf(a.route), pathOf(b.route)))[0];
}

function isKept(path: string, routes: readonly PlacedRoute[]): boolean {
  const found = routes.map(({ route }) => answering(path, route.domain, routes)).find((one) => one !== undefined);
  return found !== undefined && isFiles(found.route);
}

/** One problem for a path that files answer below one domain and an app below another. */
function conflict(path: string, routes: readonly PlacedRoute[], domains: readonly string[]): Problem[] {
  const found = domains.flatMap((domain) => answering(path, domain, routes) ?? []);
  const [first] = found;
  const other = found.find(({ route }) => first && isFiles(route) !== isFiles(first.route));
  if (!first || !other) return [];
  const whose = ({ route }: PlacedRoute): string =>
    `"${route.domain}${pathOf(route)}" (${isFiles(route) ? "files" : "an app"})`;
  return [
    {
      path: other.place,
      value: path,
      reason: `is answered by ${whose(first)} of ${first.place} and by ${whose(other)}, and CloudFront tells paths, not domains`,
      fix: `put another Cdn before one of them, by domains: ${JSON.stringify([other.route.domain])}`,
    },
  ];
}

/** Longest pattern (CloudFront, "Cache behavior settings", "Path pattern"). */
const patternLetters = 255;

function patternProblems({ pattern }: PlannedBehaviour, routes: readonly PlacedRoute[]): Problem[] {
  const fault = patternFault(pattern);
  if (!fault) return [];
  const own = routes.find(({ route }) => pathOf(route).startsWith(pattern.replace(/\*$/, "")))!; // it was made for one
  return [{ path: at(own.place, "path"), value: pathOf(own.route), ...fault }];
}

function patternFault(pattern: string): Fault | undefined {
  // The same page; an asterisk and a question mark would match other paths, too.
  if (!/^[A-Za-z0-9_\-.$/~"'@:+&]*\*?$/.test(pattern))
    return { reason: "has characters that CloudFront does not match", fix: "use letters, digits and _-.$~\"'@:+&" };
  if (pattern.length <= patternLetters) return undefined;
  return { reason: `has ${patternLetters} characters or more`, fix: "use a shorter prefix" };
}
