import { App, Route } from "../app/app";
import { answersItself, ownPort } from "../app/app-tls";
import type { HopChain } from "./hops";
import { addressOf, hasTls, usualPorts } from "./names";
import { PlannedHealth } from "./plan";

/** Where an app is at home: at its first route that has a path, else somewhere within its first pattern. */
export function homeOf({ routes = [] }: App): Route | undefined {
  return routes.find(({ pattern }) => pattern === undefined) ?? routes[0];
}

/** What shows through the web server that an app works, or at the app that ends TLS itself; null for one with neither. */
export function appHealth(app: App, hops: Pick<HopChain, "names">): PlannedHealth["web"] {
  const route = homeOf(app);
  const { path = "", status = 200 } = app.health ?? {};
  if (app.tls && answersItself(app)) {
    const port = ownPort(app);
    return { host: app.tls.domain, path: `/${path}`, status, ...(port !== usualPorts.https && { port }) };
  }
  if (!route) return null;
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
