import { App } from "../app/app";
import { Route } from "../app/route/route";

/** A route, and the app that answers it. */
export interface SiteRoute {
  readonly app: App;
  readonly route: Route;
}

/** Whether the app sees another path than the client. */
export const isStripped = (route: Route): boolean => route.stripPrefix === true && (route.path ?? "/") !== "/";

/** A route that is found by an expression. */
export const hasPattern = ({ route }: SiteRoute): boolean => route.pattern !== undefined;

/** The apps of routes, each once. */
export const appsOf = (routes: readonly SiteRoute[]): App[] => [...new Set(routes.map(({ app }) => app))];

/** What tells a route from all others of a host: its app, and its number among the app's own. */
export const routeName = ({ app, route }: SiteRoute): string => `${app.name}.${(app.routes ?? []).indexOf(route)}`;

/** By domain, then patterns as they are written, then by path: the order of the apps changes no file without patterns. */
export function routesByDomain(apps: readonly App[]): Map<string, SiteRoute[]> {
  const found = new Map<string, SiteRoute[]>();
  for (const app of apps) {
    for (const route of app.routes ?? []) {
      const routes = found.get(route.domain);
      if (routes) routes.push({ app, route });
      else found.set(route.domain, [{ app, route }]);
    }
  }
  for (const routes of found.values()) routes.sort((a, b) => compare(sortKey(a.route), sortKey(b.route)));
  return new Map([...found].sort(([a], [b]) => compare(a, b)));
}

/** Sorting is stable, and an empty text comes first. */
const sortKey = ({ path = "/", pattern }: Route): string => (pattern === undefined ? path : "");

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
