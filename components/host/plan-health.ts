import { App } from "../app/app";
import { PlannedHealth } from "./plan";

/** What shows through the web server that an app works; null for an app without routes. */
export function appHealth(app: App): PlannedHealth["web"] {
  const route = app.routes?.[0];
  if (!route) return null;
  const { path = "", status = 200 } = app.health ?? {};
  return { host: route.domain, path: `${route.path ?? "/"}${path}`, status };
}
