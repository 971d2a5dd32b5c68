import { App } from "../../app/app";
import { Web } from "../../app/web";
import { Guest } from "../guest";
import { HopChain } from "../hops";
import { sentOnNames } from "../names";
import { appsOf, SiteRoute } from "../site-route";
import { appBackend } from "./app-backend";
import { challengeBackend } from "./challenges";
import { frontends } from "./frontends";
import { defaultsSection, globalSection } from "./global";
import { healthBackends } from "./health-question";
import { limitTables } from "./limits";
import { routesByBackend } from "./select-route";
import { siteRoutes } from "./site-routes";
import { because, HaproxySection, line, section } from "./tree";

/** What is said to HAProxy where it is the whole web server of a host. */
export function webServerSections(apps: readonly App[], hops: HopChain, guest: Guest, web: Web = {}): HaproxySection[] {
  const routes = siteRoutes(apps);
  return [
    globalSection(
      routes.map(({ route }) => route),
      hops,
      guest,
    ),
    defaultsSection("http", hops, web),
    ...frontends(answeredNames(routes, hops), routes, hops, guest),
    challengeBackend(),
    because(
      "a domain of ours where no route begins",
      section(["backend", "nothing"], [line("http-request", "deny", "deny_status", 404)]),
    ),
    ...healthBackends(appsOf(routes), hops),
    ...limitTables(routes),
    ...routesByBackend(routes).map((own) => appBackend(own, hops, web)),
  ];
}

/** All names that HAProxy is asked by, sorted. */
export function answeredNames(routes: readonly SiteRoute[], hops: HopChain): string[] {
  const domains = routes.map(({ route }) => route.domain);
  return [...new Set([...domains, ...sentOnNames(hops)])].sort();
}
