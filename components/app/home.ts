import { App } from "./app";
import { Route } from "./route/route";

/** Where an app is at home: at its first route that has a path, else somewhere within its first pattern. */
export function homeOf({ routes = [] }: App): Route | undefined {
  return routes.find(({ pattern }) => pattern === undefined) ?? routes[0];
}
