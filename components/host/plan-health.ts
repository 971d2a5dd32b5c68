import { App, Route } from "../app/app";
import type { HopChain } from "./hops";
import { addressOf, hasTls, usualPorts } from "./names";
import { PlannedHealth } from "./plan";

/** Where an app is at home: at its first route that has a path, else somewhere within its first pattern. */
export function homeOf({ routes = [] }: App): Route | undefined {
  return routes.find(({ pattern }) => pattern === undefined) ?? routes[0];
}

/** What shows through the web server that an app works; null for an app without routes. */
export function appHealth(app: App, hops: Pick<HopChain, "names">): PlannedHealth["web"] {
  const route = homeOf(app);
  if (!route) return null;
  const { path = "", status = 200 } = app.health ?? {};
  const { httpPort, httpsPort } = addressOf(hops, route.domain);
  const isSecure = hasTls(hops, route.domain);
  const port = isSecure ? httpsPort : httpPort;
  return {
    host: route.domain,
    path: `${route.path ?? "/"}${path}`,
    status,
    ...(port !== usualPorts.https && { port }),
    ...(!isSecure && { scheme: "http" }),
  };
}
