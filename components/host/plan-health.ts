import { App, Route } from "../app/app";
import { PlannedHealth } from "./plan";

/** Where an app is at home: at its first route that has a path, else somewhere within its first pattern. */
export function homeOf({ routes = [] }: App): Route | undefined {
  return routes.find(({ pattern }) => pattern === undefined) ?? routes[0];
}

/** What shows through the web server that an app works; null for an app without routes. */
export function appHealth(app: App): PlannedHealth["web"] {
  const route = homeOf(app);
  if (!route) return null;
  const { path = "", status = 200 } = app.health ?? {};
  return { host: route.domain, path: `${route.path ?? "/"}${path}`, status };
}
