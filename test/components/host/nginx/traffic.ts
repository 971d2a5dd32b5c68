import { Traffic, trafficApps, useTraffic as useTrafficOf } from "../traffic";
import { RunningNginx } from "./running-nginx";

export { domain } from "../traffic";

/** A prefix of signs that configuration files read in other ways. */
export const oddPrefix = "/pay$/v1(;'%)";

/** A real nginx in front of apps that say what they saw. Call it in the body of `describe`. */
export const useTraffic = (): Traffic<RunningNginx> =>
  useTrafficOf(trafficApps(oddPrefix), (apps) => RunningNginx.start(apps));
