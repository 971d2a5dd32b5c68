import { withAliases } from "../app/names";
import { cloudFrontHop, Hop } from "../host/hop";
import type { CdnArgs, CdnOriginArgs } from "./cdn/cdn-args";
import type { SiteArgs } from "./site-args";
import { hasCdn, isFleet } from "./site-shape";

/** What is said of a site's distribution, without what only comes to be known while resources are made. */
export interface SaidCdn extends Omit<CdnArgs, "certificateArn" | "origin" | "releases"> {
  origin: Omit<CdnOriginArgs, "domainName" | "secrets">;
}

/** The distribution of a site. */
export function saidCdn(args: SiteArgs): SaidCdn {
  const { protection, web = {}, cdn = {} } = args;
  const apps = withAliases(args.apps, web);
  const { answerSeconds, keepSeconds, priceClass, tlsPolicy, errorPages, accessLogs } = cdn;
  // The machines of a fleet get no certificates of their own.
  const origin = { answerSeconds, keepSeconds, challenges: !isFleet(args) };
  return { apps, priceClass, tlsPolicy, errorPages, accessLogs, protection, origin };
}

/** What stands before server or balancer: nothing, or a distribution that is the only way to it. */
export function cdnHops(args: SiteArgs): Hop[] {
  const { answerSeconds, keepSeconds } = args.cdn ?? {};
  return hasCdn(args) ? [cloudFrontHop({ answerSeconds, keepSeconds, provesItself: true, isOnlyWay: true })] : [];
}
