import { App } from "../app/app";
import { homeOf } from "../app/home";
import type { HopChain } from "./hops";
import { addressOf, hasTls, usualPorts } from "./names";
import { PlannedHealth } from "./plan";

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

/** What is asked to learn whether an app works, through the web server or on its own port; nothing for an app with neither. */
export function planHealth(app: App, hops: HopChain): PlannedHealth[] {
  const check = app.health ?? {};
  const rest = { app: app.name, contains: check.contains ?? null, startSeconds: check.startSeconds ?? 60 };
  const web = appHealth(app, hops);
  if (web) return [{ ...rest, web, port: null }];
  const port = app.listen?.publicPorts?.[0];
  return port === undefined ? [] : [{ ...rest, web: null, port }];
}
