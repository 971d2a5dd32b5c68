import { App } from "../../app/app";
import { ServeBy } from "../../app/route/route";
import { routesByDomain, SiteRoute } from "../site-route";

/** The routes that are handed to apps, by domain, patterns as they are written and then by path. */
export function siteRoutes(apps: readonly App[]): SiteRoute[] {
  return [...routesByDomain(apps).values()].flat().filter(({ route }) => route.serve !== ServeBy.Files);
}
