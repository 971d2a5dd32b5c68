import { Reach } from "../components/app/reach";
import { PortRange } from "../components/app/traffic";

/** Transport protocols that have ports. */
export const Transport = { Tcp: "tcp", Udp: "udp" } as const;
export type Transport = (typeof Transport)[keyof typeof Transport];

/** Ports that are open, of one protocol. */
export interface OpenPorts extends PortRange {
  readonly transport: Transport;
}

/** An address that somebody has to answer. */
export interface DeclaredRoute {
  readonly domain: string;
  /** Where it begins, e.g. `/reports/`; what is below belongs to it. */
  readonly path: string;
  /** The service that answers, or null where files do, or nothing is declared about it. */
  readonly service: string | null;
}

/**
 * What is declared about one host, and held against what is deployed. A null says that nothing is declared: rules then
 * take what they read on the host, or do not apply.
 */
export interface Contract {
  /** Host names that it answers at. */
  readonly domains: readonly string[] | null;
  /** Addresses that it answers, by domain and path. */
  readonly routes: readonly DeclaredRoute[] | null;
  /** Ports that anybody may reach. */
  readonly publicPorts: readonly OpenPorts[] | null;
  /** Ports of apps, which only the web server or a load balancer may reach. */
  readonly appPorts: readonly number[] | null;
  /** What the apps reach outside. */
  readonly outbound: readonly Reach[] | null;
  /** Services that have to run, e.g. `app-blog.service`. */
  readonly services: readonly string[] | null;
  /** Folder that each service runs in, by its name. */
  readonly directories: Readonly<Record<string, string>> | null;
}

/** Nothing is declared. */
export const noContract: Contract = {
  domains: null,
  routes: null,
  publicPorts: null,
  appPorts: null,
  outbound: null,
  services: null,
  directories: null,
};

/** Of each thing, what the first contract says that says anything. */
export function firstOf(...contracts: readonly Contract[]): Contract {
  return contracts.reduce(
    (said, next) => ({
      domains: said.domains ?? next.domains,
      routes: said.routes ?? next.routes,
      publicPorts: said.publicPorts ?? next.publicPorts,
      appPorts: said.appPorts ?? next.appPorts,
      outbound: said.outbound ?? next.outbound,
      services: said.services ?? next.services,
      directories: said.directories ?? next.directories,
    }),
    noContract,
  );
}

/** The ports of a web server, which anybody may reach where nothing else is declared. */
export const webPorts: readonly OpenPorts[] = [80, 443].map((port) => ({
  from: port,
  to: port,
  transport: Transport.Tcp,
}));
