import { SiteShape } from "./site-args";

/** Whether a site is many machines behind a balancer. */
export function isFleet({ shape }: { shape?: SiteShape }): boolean {
  return shape === SiteShape.Fleet || shape === SiteShape.FleetCdn;
}

/** Whether a site is reached by a distribution of CloudFront alone. */
export function hasCdn({ shape }: { shape?: SiteShape }): boolean {
  return shape === SiteShape.ServerCdn || shape === SiteShape.FleetCdn;
}

/** The region that CloudFront takes certificates from. */
export const cdnRegion = "us-east-1";
