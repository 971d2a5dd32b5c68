import { Traffic, trafficApps, useTraffic as useTrafficOf } from "../traffic";
import { RunningApache } from "./running-apache";

export { domain } from "../traffic";

/** A prefix of signs that configuration files read in other ways. */
export const oddPrefix = "/pay$/v1(;'*1)";

/** A real httpd in front of apps that say what they saw. Call it in the body of `describe`. */
export const useTraffic = (): Traffic<RunningApache> =>
  useTrafficOf(trafficApps(oddPrefix), (apps) => RunningApache.start(apps));
