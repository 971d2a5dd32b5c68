import { Limits } from "../app/route/limits";

/** How often one client may ask of a route. */
export interface Rate {
  /** Requests in that time. */
  readonly requests: number;
  /** A second or a minute. */
  readonly seconds: 1 | 60;
  /** Requests that may come at once before the rate counts. */
  readonly burst: number;
}

/** The rate of a route's limits, with everything said; undefined where there is none. */
export function rateOf({ requestsPerSecond, requestsPerMinute, burst }: Limits): Rate | undefined {
  const requests = requestsPerSecond ?? requestsPerMinute;
  if (requests === undefined) return undefined;
  return { requests, seconds: requestsPerSecond === undefined ? 60 : 1, burst: burst ?? requests };
}
