import type { Hop } from "./hop";
import { idleSeconds, readSeconds, usualBodyMiB } from "./hops";

/** What a balancer of ours is told to do other than by default. */
export interface BalancerHop {
  /** CIDRs that it connects from: its own address, e.g. `10.0.1.5/32`. @example ["10.0.1.5/32"] */
  addresses: string[];
  /**
   * The shortest `readTimeoutSeconds` of its routes that lead here.
   * @default 55, as of a route that does not say
   */
  answerSeconds?: number;
  /**
   * The smallest `maxBodyMiB` of these routes.
   * @default 10, as of a route that does not say
   */
  maxBodyMiB?: number;
}

/**
 * A machine of ours in front of this one, whose app has this one among its `servers`; nginx, Apache and HAProxy of ours alike.
 * What stands in front of that machine comes before it in the list.
 *
 * @example
 * new LocalSite("web-1", { apps: [shop], front: [balancerHop({ addresses: ["10.64.0.5/32"] })] });
 */
export function balancerHop({ addresses, answerSeconds = readSeconds, maxBodyMiB = usualBodyMiB }: BalancerHop): Hop {
  return {
    name: "the balancer",
    addresses,
    idleSeconds: idleSeconds.app,
    keepSeconds: idleSeconds.upstream,
    answerSeconds,
    maxBodyMiB,
    saysStrictTransport: true,
  };
}
