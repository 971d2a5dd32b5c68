import { App } from "../app/app";
import { ListenVia } from "../app/listen";
import { Reach } from "../app/reach";
import { ServeBy } from "../app/route/route";
import { codeFolder, redisUnit, serviceUnit } from "../app/paths";
import { purposes } from "../app/traffic";
import { namesOf, withAliases } from "../app/names";
import { Web } from "../app/web";
import { serverReach, serviceUnits } from "../host/places";
import { Entry, siteTraffic } from "./site-traffic";

/** An address that a site answers. */
export interface ContractRoute {
  /** Host name. */
  domain: string;
  /** Where it begins; what is below belongs to it. @example "/reports/" */
  path: string;
  /** The service that answers. @default files are served @example "app-reports.service" */
  service?: string;
}

/** What a deployment is to keep, for a policy to hold it against; in the form of the policy pack's settings of a host. */
export interface SiteContract {
  /** Host names that it answers at. */
  domains: string[];
  /** Addresses that it answers, by domain and path. */
  routes: ContractRoute[];
  /** Ports that anybody may reach. */
  publicPorts: string[];
  /** Ports of apps, which only the web server may reach. */
  appPorts: number[];
  /** What the apps and the host itself reach outside. */
  outbound: Reach[];
  /** Services that have to run. */
  services: string[];
  /** Folder that each service runs in, by its name. */
  directories: Record<string, string>;
}

/** The contract of a host, from nothing but the description of its apps. */
export function siteContract(described: readonly App[], web: Web = {}): SiteContract {
  const apps = withAliases(described, web);
  const running = apps.filter((app) => app.process);
  return {
    domains: namesOf(described, web),
    // What a pattern is for cannot be told by where it begins.
    routes: apps.flatMap(({ name, process, routes = [] }) =>
      routes
        .filter(({ pattern }) => pattern === undefined)
        .map(({ domain, path = "/", serve }) => ({
          domain,
          path,
          ...(process && serve !== ServeBy.Files && { service: serviceUnit(name) }),
        })),
    ),
    publicPorts: siteTraffic(described, Entry.Clients, web).ingress.map(({ port }) => String(purposes[port] ?? port)),
    appPorts: running.flatMap(({ listen }) => (listen?.via === ListenVia.Port && listen.port ? [listen.port] : [])),
    outbound: siteTraffic([])
      .egress.map(({ port }): Reach => ({ port }))
      .concat(apps.flatMap((app) => [...(app.reach ?? []), ...serverReach(app)])),
    services: running.flatMap((app) => [...serviceUnits(app), ...(app.redis ? [redisUnit(app.name)] : [])]),
    directories: Object.fromEntries(
      running.flatMap((app) => serviceUnits(app).map((service) => [service, codeFolder(app.name)])),
    ),
  };
}
