import { App } from "../app/app";
import { withAliases } from "../app/names";
import { withRemoteRedis } from "../app/redis";
import { validateApps } from "../app/validate";
import type { FleetArgs } from "./fleet/fleet-args";
import type { LoadBalancerArgs } from "./load-balancer/load-balancer-args";
import { NetworkPlan, planNetwork } from "./network/plan-network";
import { cdnHops } from "./plan-site-cdn";
import type { SiteArgs, SiteFleetArgs } from "./site-args";

/** What is said of a site's balancer, without what only comes to be known while resources are made. */
export type SaidBalancer = Omit<LoadBalancerArgs, "vpcId" | "subnetIds" | "hosts" | "certificateArn" | "clientList">;

/** What is said of a site's machines, without what only comes to be known while resources are made. */
export type SaidFleet = Omit<FleetArgs, "debian" | "store" | "subnetIds" | "securityGroupIds" | "targetGroupArns">;

/** The network of a site that is a fleet; null where its description has problems. */
export function siteNetwork(name: string, { fleet }: SiteArgs): NetworkPlan | null {
  return planNetwork(name, { create: fleet?.network ?? {} }).network;
}

/** The apps as the machines of a fleet run them: their Redis is elsewhere. What is wrong with the Redis of one is said before. */
export function fleetApps(apps: readonly App[]): App[] {
  const whole = validateApps(apps).length === 0;
  return apps.map((app) => (whole ? withRemoteRedis(app) : { ...app, redis: undefined }));
}

/** The balancer of a site that is a fleet. */
export function saidBalancer(args: SiteArgs, fleet: SiteFleetArgs, network: NetworkPlan): SaidBalancer {
  const { protection, web = {} } = args;
  const apps = withAliases(args.apps, web);
  const { idleSeconds, stickySeconds, accessLogs = {} } = fleet;
  const addresses = network.publicCidrs;
  return { apps, addresses, front: cdnHops(args), idleSeconds, stickySeconds, accessLogs, protection };
}

/** The machines of a site that is a fleet; what decides about their number by requests is not among it. */
export function saidFleet(args: SiteArgs, fleet: SiteFleetArgs): SaidFleet {
  const { instanceType, ami, generation, rootGiB, ssh, protection, monitoring } = args;
  // The site gives them a file system.
  const apps = fleetApps(args.apps).map((app) => ({ ...app, sharedData: undefined }));
  const { minimum, maximum, cpuPercent, spot, startSeconds } = fleet;
  const scaling = cpuPercent === undefined ? undefined : { cpuPercent };
  return {
    ...{ apps, instanceType, ami, generation, rootGiB, ssh, protection, monitoring },
    ...{ minimum, maximum, scaling, spot, startSeconds },
  };
}
