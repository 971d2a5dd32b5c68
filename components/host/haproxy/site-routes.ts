import { App, Route, ServeBy } from "../../app/app";

/** A route that HAProxy hands to its app, and the app. */
export interface SiteRoute {
  readonly app: App;
  readonly route: Route;
}

/** The routes that are handed to apps, by domain and path: the order of the apps changes nothing. */
export function siteRoutes(apps: readonly App[]): SiteRoute[] {
  const key = ({ route }: SiteRoute): string => `${route.domain} ${route.path ?? "/"}`;
  return apps
    .flatMap((app) => (app.routes ?? []).map((route) => ({ app, route })))
    .filter(({ route }) => route.serve !== ServeBy.Files)
    .sort((one, other) => (key(one) < key(other) ? -1 : 1));
}
