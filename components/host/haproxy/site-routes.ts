import { App } from "../../app/app";
import { ServeBy } from "../../app/route/route";
import { SiteRoute } from "../site-route";

/** The routes that are handed to apps, by domain and path: the order of the apps changes nothing. */
export function siteRoutes(apps: readonly App[]): SiteRoute[] {
  const key = ({ route }: SiteRoute): string => `${route.domain} ${route.path ?? "/"}`;
  return apps
    .flatMap((app) => (app.routes ?? []).map((route) => ({ app, route })))
    .filter(({ route }) => route.serve !== ServeBy.Files)
    .sort((one, other) => (key(one) < key(other) ? -1 : 1));
}
