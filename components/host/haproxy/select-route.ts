import { renderPattern } from "../../app/route/pattern";
import { Route } from "../../app/route/route";
import { hasPattern, routeName, SiteRoute } from "../site-route";
import { isCompressed } from "./compression";
import { format } from "./expression";
import { because, HaproxyArgument, HaproxyLine, line } from "./tree";

/** What HAProxy calls the servers of an app: apart for the routes whose answers it leaves alone. */
export const backendName = (one: SiteRoute): string => `${isCompressed(one) ? "app" : "uncompressed"}-${one.app.name}`;

/** Routes by the backend that their requests go to. */
export function routesByBackend(routes: readonly SiteRoute[]): SiteRoute[][] {
  const names = [...new Set(routes.map(backendName))];
  return names.map((name) => routes.filter((one) => backendName(one) === name));
}

/** Whether a request is for a domain, and the path it has. */
const at = (route: Route, ...path: HaproxyArgument[]): HaproxyArgument[] => [
  ...["if", "{", "var(txn.host)", "-m", "str", route.domain, "}"],
  ...["{", "var(txn.path)", ...path, "}"],
];

/** `/app` is `/app/`: relative links of its pages need the slash. Relative, so that it holds on any public port. */
export function barePrefixes(routes: readonly SiteRoute[]): HaproxyLine[] {
  return routes
    .filter((one) => !hasPattern(one))
    .map(({ route }) => ({ route, path: route.path ?? "/" }))
    .filter(({ path }) => path !== "/")
    .map(({ route, path }) =>
      line(
        ...["http-request", "redirect", "code", 308, "location", format`${path}%[var(txn.arguments)]`],
        ...at(route, "-m", "str", path.slice(0, -1)),
      ),
    );
}

/**
 * Finds the route of a request. Patterns are asked before prefixes; of two patterns the one that was written first wins, of two
 * prefixes the longer one.
 */
export function findRoute(routes: readonly SiteRoute[]): HaproxyLine[] {
  const patterns = routes.filter(hasPattern);
  const prefixes = routes.filter((one) => !hasPattern(one));
  const length = ({ route }: SiteRoute): number => (route.path ?? "/").length;
  const chosen = [...prefixes.sort((one, other) => length(one) - length(other)), ...patterns.reverse()].map((one) =>
    line("http-request", `set-var(txn.route)`, `str(${routeName(one)})`, ...at(one.route, ...found(one.route))),
  );
  const why =
    patterns.length === 0
      ? "the longest prefix is looked at last, and stays"
      : "what is looked at last stays: patterns after prefixes, the longest prefix and the first pattern at their ends";
  return chosen.map((one, index) => (index === 0 ? because(why, one) : one));
}

/** Hands the requests of routes to the servers of their apps. */
export function handOver(routes: readonly SiteRoute[]): HaproxyLine[] {
  return routes.map((one) =>
    line("use_backend", backendName(one), "if", "{", "var(txn.route)", "-m", "str", routeName(one), "}"),
  );
}

/** How a path is held against a route. */
const found = ({ path = "/", pattern }: Route): HaproxyArgument[] =>
  pattern === undefined ? ["-m", "beg", path] : ["-m", "reg", { token: renderPattern(pattern) }];
