import { Problem } from "../app/problem";
import { Report } from "../app/validation/report";
import { isWhole } from "../app/validation/text";
import { fromCloudFront } from "./cdn/origin-facing";
import { planCdn } from "./cdn/plan-cdn";
import { planTraffic } from "./plan-traffic";
import { saidCdn } from "./plan-site-cdn";
import { renamed } from "./renamed-problems";
import { Delivery, SiteArgs, SiteShape } from "./site-args";
import { hasCdn, isFleet } from "./site-shape";
import { Entry, siteTraffic } from "./site-traffic";

/** Most generations: each is a key in the state. */
const mostGenerations = 10_000;

/** What is wrong with the distribution of a site, or with what is said of one that is not there. */
export function siteCdnProblems(name: string, args: SiteArgs): Problem[] {
  const problems: Problem[] = [];
  const report = new Report("", problems);
  const { cdn, front, webServer, originSecrets, delivery } = args;
  if (!hasCdn(args)) {
    const fix = `set shape to "${isFleet(args) ? SiteShape.FleetCdn : SiteShape.ServerCdn}"`;
    if (cdn) report.in("cdn").refuseUnseen("is said of a site that has none", fix);
    return problems;
  }
  for (const [key, other] of Object.entries({ front, webServer })) {
    if (other !== undefined) report.in(key).refuseUnseen("is given, but the distribution is in front", "leave it out");
  }
  if (delivery === Delivery.Inline)
    report
      .in("delivery")
      .refuse(delivery, "leaves the secret between CloudFront and nginx no way to the machine", "deliver by a store");
  const generation = cdn?.secretGeneration;
  const place = report.in("cdn", "secretGeneration");
  if (generation !== undefined && !isWhole(generation, 1, mostGenerations))
    place.refuse(generation, "is no whole number from 1 on", "raise it by one");
  if (generation !== undefined && originSecrets)
    place.refuse(generation, "is given beside originSecrets, which are not made here", "leave one of them out");
  return [...distributionProblems(name, args), ...quotaProblems(args), ...problems];
}

/** What the distribution refuses, said before anything is made. What comes to be known later has no problems. */
function distributionProblems(name: string, args: SiteArgs): Problem[] {
  const said = saidCdn(args);
  const { problems } = planCdn(name, {
    ...said,
    certificateArn: "arn:aws:acm:us-east-1:111122223333:certificate/later",
    origin: { ...said.origin, domainName: "later.compute.amazonaws.com", secrets: args.originSecrets },
  });
  const own = Object.fromEntries(
    ["accessLogs", "errorPages", "priceClass", "tlsPolicy"].map((key) => [key, `cdn.${key}`]),
  );
  return renamed(problems, { ...own, origin: "cdn", domains: "apps" }).map((problem) => ({
    ...problem,
    path: problem.path.replace(/^cdn\.secrets/, "originSecrets"),
    fix: problem.fix.replace("origin.", "cdn."),
  }));
}

/** CloudFront's list beside the public ports of apps: the list alone is nearly all that a group has room for. */
function quotaProblems({ apps, rulesQuota, shape }: SiteArgs): Problem[] {
  if (shape !== SiteShape.ServerCdn) return [];
  const { ingress } = siteTraffic(apps, Entry.Cdn);
  const { problems } = planTraffic({ ingress: [fromCloudFront("https", "later"), ...ingress], rulesQuota });
  return problems.filter(({ path }) => path === "ingress").map((problem) => ({ ...problem, path: "apps" }));
}
