import type { Limit } from "./limits";

const config = "DistributionConfigWithTags.DistributionConfig";
const operation = "cloudfront.CreateDistributionWithTags";
const pathPattern = String.raw`[A-Za-z0-9_.*$/~"'@:+&?-]{1,255}`;

/** What distributions of CloudFront may be like. */
export const cdnLimits: readonly Limit[] = [
  {
    operation,
    path: `${config}.Comment`,
    maxLength: 128,
    source: "CloudFront API Reference, DistributionConfig: at most 128 characters",
  },
  {
    operation,
    path: `${config}.CacheBehaviors.Items[].PathPattern`,
    pattern: pathPattern,
    source: "CloudFront Developer Guide, Cache behavior settings, Path pattern",
  },
  ...["CustomOriginConfig", "VpcOriginConfig"].flatMap((kind) =>
    ["OriginReadTimeout", "OriginKeepaliveTimeout"].map((setting): Limit => ({
      operation,
      path: `${config}.Origins.Items[].${kind}.${setting}`,
      range: [1, 120],
      source: "CloudFront Developer Guide, Quotas: general quotas on distributions",
    })),
  ),
  {
    operation,
    path: `${config}.Origins.Items[].CustomHeaders.Items[].HeaderValue`,
    maxLength: 1783,
    source: "AWS General Reference, Amazon CloudFront endpoints and quotas: maximum length of a custom header's value",
  },
];
