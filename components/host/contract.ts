import { App } from "../app/app";
import { ListenVia } from "../app/listen";
import { codeFolder, redisUnit, serviceUnit } from "../app/paths";
import { ServeBy } from "../app/route/route";
import { serviceUnits } from "./places";

/** An address that a host answers. */
export interface ContractRoute {
  /** Host name. */
  domain: string;
  /** Where it begins; what is below belongs to it. @example "/reports/" */
  path: string;
  /** The service that answers. @default files are served @example "app-reports.service" */
  service?: string;
}

/** What a host keeps by the description of its apps, whatever stands in front of it. */
export interface HostContract {
  /** Addresses that it answers, by domain and path. */
  routes: ContractRoute[];
  /** Ports of apps, which only the web server may reach. */
  appPorts: number[];
  /** Services that have to run. */
  services: string[];
  /** Folder that each service runs in, by its name. */
  directories: Record<string, string>;
}

/** The contract of a host whose apps are described, at every name that they answer by. */
export function hostContract(apps: readonly App[]): HostContract {
  const running = apps.filter((app) => app.process);
  return {
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
    appPorts: running.flatMap(({ listen }) => (listen?.via === ListenVia.Port && listen.port ? [listen.port] : [])),
    services: running.flatMap((app) => [...serviceUnits(app), ...(app.redis ? [redisUnit(app.name)] : [])]),
    directories: Object.fromEntries(
      running.flatMap((app) => serviceUnits(app).map((service) => [service, codeFolder(app.name)])),
    ),
  };
}
