import * as cloudfront from "@pulumi/aws/cloudfront";
import type { cloudfront as inputs } from "@pulumi/aws/types/input";
import * as pulumi from "@pulumi/pulumi";
import { challengePath } from "../../host/tls/challenge";
import { Keeps } from "./plan-behaviours";
import { challengesId, originId } from "./origins";

/** Managed-CachingDisabled (CloudFront, "Use managed cache policies"). */
const cachingDisabled = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad";

/**
 * Managed-AllViewer: everything that the client sent, Host too, without which nginx knows no domain (CloudFront, "Use
 * managed origin request policies").
 */
const allViewer = "216adef6-5c7f-47e4-b989-5492eafa07d3";

const allMethods = ["GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"];
const readingMethods = ["GET", "HEAD", "OPTIONS"];
const keptMethods = ["GET", "HEAD"];

/** A year: how long CloudFront keeps what says so. */
const mostSeconds = 31_536_000;

/**
 * Files are kept for as long as nginx says, and by domain: AWS's own policy for files (CachingOptimized) leaves the domain
 * out of account, so that two with the same path would be given each other's pages. What says nothing is not kept: `//app/`
 * is a file's path to CloudFront and an app's to nginx, and its answer may be somebody's own.
 */
export function filesPolicy(name: string, opts: pulumi.CustomResourceOptions): cloudfront.CachePolicy {
  return new cloudfront.CachePolicy(
    name,
    {
      comment: "Files, as long as nginx says, by domain",
      minTtl: 0,
      defaultTtl: 0,
      maxTtl: mostSeconds,
      parametersInCacheKeyAndForwardedToOrigin: {
        headersConfig: { headerBehavior: "whitelist", headers: { items: ["Host"] } },
        cookiesConfig: { cookieBehavior: "none" },
        queryStringsConfig: { queryStringBehavior: "none" },
        enableAcceptEncodingGzip: true,
        enableAcceptEncodingBrotli: true,
      },
    },
    opts,
  );
}

/** What an app may answer by, and CloudFront would leave out of account. By the last three a GET is another method to some apps. */
const answeredBy = [
  "Host",
  "Origin",
  "Authorization",
  "Accept-Language",
  "X-HTTP-Method-Override",
  "X-HTTP-Method",
  "X-Method-Override",
];

/**
 * What an app answers is kept for as long as it or nginx says, and given to those alone who ask the same with the same cookies.
 * What says nothing is not kept; nor is what says private, as nginx does of whatever sets a cookie or is for somebody logged in.
 */
export function answersPolicy(name: string, opts: pulumi.CustomResourceOptions): cloudfront.CachePolicy {
  return new cloudfront.CachePolicy(
    name,
    {
      comment: "What apps answer, as long as they say",
      minTtl: 0,
      defaultTtl: 0,
      maxTtl: mostSeconds,
      parametersInCacheKeyAndForwardedToOrigin: {
        headersConfig: { headerBehavior: "whitelist", headers: { items: answeredBy } },
        cookiesConfig: { cookieBehavior: "all" },
        queryStringsConfig: { queryStringBehavior: "all" },
        enableAcceptEncodingGzip: true,
        enableAcceptEncodingBrotli: true,
      },
    },
    opts,
  );
}

/**
 * Keeps files, or what apps answer, by a policy; without one it keeps nothing. What apps answer lets every method through, and
 * websockets, too.
 *
 * @param policy id of the policy by which something is kept
 */
export function behaviour(
  keeps: Keeps = Keeps.Nothing,
  policy?: pulumi.Input<string>,
): inputs.DistributionDefaultCacheBehavior {
  return {
    targetOriginId: originId,
    viewerProtocolPolicy: "redirect-to-https",
    allowedMethods: keeps === Keeps.Files ? readingMethods : allMethods,
    cachedMethods: keptMethods,
    cachePolicyId: policy ?? cachingDisabled,
    originRequestPolicyId: allViewer,
    // What is not kept is compressed by nginx.
    compress: policy !== undefined,
  };
}

/** Challenges of certificate authorities (RFC 8555, http-01), which nginx answers on port 80 alone. */
export function challengeBehaviour(): inputs.DistributionOrderedCacheBehavior {
  return {
    ...behaviour(),
    pathPattern: `${challengePath}*`,
    targetOriginId: challengesId,
    viewerProtocolPolicy: "allow-all",
    allowedMethods: readingMethods,
  };
}
