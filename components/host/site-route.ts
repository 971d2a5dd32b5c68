import { App } from "../app/app";
import { Route } from "../app/route/route";

/** A route, and the app that answers it. */
export interface SiteRoute {
  readonly app: App;
  readonly route: Route;
}

/** Whether the app sees another path than the client. */
export const isStripped = (route: Route): boolean => route.stripPrefix === true && (route.path ?? "/") !== "/";

/** What tells a route from all others of a host: its app, and its number among the app's own. */
export const routeName = ({ app, route }: SiteRoute): string => `${app.name}.${(app.routes ?? []).indexOf(route)}`;
