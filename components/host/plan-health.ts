import { App } from "../app/app";
import type { HopChain } from "./hops";
import { addressOf, hasTls, usualPorts } from "./names";
import { PlannedHealth } from "./plan";

/** What shows through the web server that an app works; null for an app without routes. */
export function appHealth(app: App, hops: Pick<HopChain, "names">): PlannedHealth["web"] {
  const route = app.routes?.[0];
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
