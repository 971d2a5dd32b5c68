import { App } from "../app/app";
import { Reach } from "../app/reach";
import { purposes } from "../app/traffic";
import { namesOf, withAliases } from "../app/names";
import { Web } from "../app/web";
import { HostContract, hostContract } from "../host/contract";
import { serverReach } from "../host/places";
import { Entry, siteTraffic } from "./site-traffic";

/** What a deployment is to keep, for a policy to hold it against; in the form of the policy pack's settings of a host. */
export interface SiteContract extends HostContract {
  /** Host names that it answers at. */
  domains: string[];
  /** Ports that anybody may reach. */
  publicPorts: string[];
  /** What the apps and the host itself reach outside. */
  outbound: Reach[];
}

/** The contract of a host, from nothing but the description of its apps. */
export function siteContract(described: readonly App[], web: Web = {}): SiteContract {
  const apps = withAliases(described, web);
  return {
    ...hostContract(apps),
    domains: namesOf(described, web),
    publicPorts: siteTraffic(described, Entry.Clients, web).ingress.map(({ port }) => String(purposes[port] ?? port)),
    outbound: siteTraffic([])
      .egress.map(({ port }): Reach => ({ port }))
      .concat(apps.flatMap((app) => [...(app.reach ?? []), ...serverReach(app)])),
  };
}
