import { App, Route } from "../../app/app";

/** A part of the names of a route's own variables and zones, so that no rule of one app is another's. */
export function routeKey(app: App, route: Route): string {
  return `${app.name.replaceAll("-", "_")}_${(app.routes ?? []).indexOf(route)}`;
}
