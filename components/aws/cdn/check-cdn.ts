import { Route } from "../../app/route/route";
import { Problem } from "../../app/problem";
import { fitsDomain } from "../../app/route/domains";
import { validateApps } from "../../app/validate";
import { Report } from "../../app/validation/report";
import { checkRange } from "../../app/validation/text";
import { cloudFrontHop } from "../../host/hop";
import { hopProblems } from "../../host/hop-problems";
import { directHops } from "../../host/hops";
import { literalDomains } from "../../app/route/domains";
import { checkLogBucket } from "../check-log-bucket";
import { CdnArgs, CdnOriginArgs, ErrorPageArgs, PriceClass } from "./cdn-args";

/** What one distribution may have, unless AWS raised it for the account (CloudFront, "Quotas"). */
export const quotas = { domains: 100, behaviours: 75 } as const;

/** The errors that CloudFront remembers, or has a page for (CloudFront, "Create a custom error page"). */
export const errorStatuses: readonly number[] = [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504];

/** What is wrong with a distribution beside what it does by path. */
export function cdnProblems(name: string, args: CdnArgs, domains: readonly string[]): Problem[] {
  const problems: Problem[] = [];
  const report = new Report("", problems);
  checkName(name, report.in("name"));
  checkDomains(args, domains, report.in("domains"));
  checkTls(args, report);
  checkOrigin(args.origin, domains, report.in("origin"));
  checkVpc(args.origin, report.in("origin"));
  checkSecrets(args.origin, report.in("origin", "secrets"));
  checkWebAcl(args, report.in("webAclArn"));
  checkPriceClass(args, report.in("priceClass"));
  checkAccessLogs(args, report.in("accessLogs"));
  args.errorPages?.forEach((page, index, all) => checkErrorPage(page, all, report.in("errorPages", index)));
  const ofApps = validateApps(args.apps);
  return [...ofApps, ...(ofApps.length || problems.length ? [] : hopFaults(args, domains)), ...problems];
}

function checkName(name: string, report: Report): void {
  // Part of the cache policy's name. CloudFront's pages do not say what may be in one; these it takes.
  if (!/^[A-Za-z0-9_-]{1,64}$/.test(name))
    report.refuse(name, "cannot name a distribution", "use 1 to 64 letters, digits, hyphens and underscores");
}

function checkDomains({ apps }: CdnArgs, domains: readonly string[], report: Report): void {
  const known = literalDomains(apps);
  if (domains.length === 0) report.refuse(domains, "is empty", "give an app with a route, or leave the Cdn out");
  domains.forEach((domain, index) => {
    const own = report.in(index);
    if (domains.indexOf(domain) !== index) own.refuse(domain, "is there twice", "leave one of them out");
    else if (domain.includes("*")) own.refuse(domain, "is a wildcard, and nginx answers for names", "give each name");
    else if (!known.includes(domain)) own.refuse(domain, "is no domain of the apps", `use ${known.join(", ")}`);
  });
  if (domains.length > quotas.domains)
    report.refuseUnseen(
      `has ${domains.length} names, and a distribution at most ${quotas.domains}`,
      "put another Cdn beside it",
    );
}

function checkTls({ certificateArn, tlsPolicy }: CdnArgs, report: Report): void {
  if (
    typeof certificateArn === "string" &&
    !/^arn:aws[\w-]*:acm:us-east-1:\d{12}:certificate\/.+$/.test(certificateArn)
  )
    report
      .in("certificateArn")
      .refuse(
        certificateArn,
        "is no certificate of ACM in us-east-1, the region that CloudFront takes them from",
        'make it there: new Certificate(…, { regions: ["us-east-1"] })',
      );
  if (tlsPolicy !== undefined && !/^TLSv1\.[23]_20\d\d$/.test(tlsPolicy))
    report
      .in("tlsPolicy")
      .refuse(tlsPolicy, "is no policy of AWS with TLS 1.2 or newer", 'write it like "TLSv1.3_2025"');
}

function checkOrigin(
  { domainName, answerSeconds, keepSeconds }: CdnOriginArgs,
  domains: readonly string[],
  report: Report,
): void {
  const own = report.in("domainName");
  if (typeof domainName === "string") {
    if (domains.includes(domainName))
      own.refuse(domainName, "leads to the distribution itself", 'give the origin a name of its own, e.g. "origin.…"');
    // CloudFront API, Origin, DomainName: a name of at most 253 characters, never an address.
    else if (!/^(?=.{1,253}$)[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*\.[A-Za-z][A-Za-z0-9-]*$/.test(domainName))
      own.refuse(domainName, "is no full name in DNS", 'give a name, e.g. "origin.example.com"');
  }
  for (const [key, value] of Object.entries({ answerSeconds, keepSeconds })) {
    checkRange(value, [1, 120], report.in(key));
  }
}

function checkVpc({ vpc, challenges }: CdnOriginArgs, report: Report): void {
  if (vpc === undefined) return;
  const own = report.in("vpc", "arn");
  if (
    typeof vpc.arn === "string" &&
    !/^arn:aws[\w-]*:(elasticloadbalancing:.+:loadbalancer\/|ec2:.+:instance\/)/.test(vpc.arn)
  )
    own.refuse(vpc.arn, "is neither a load balancer nor an instance", "give its ARN");
  if (challenges)
    report
      .in("challenges")
      .refuse(
        challenges,
        "come by plain HTTP, and a network is entered by TLS alone",
        "put an internal balancer before it, with a certificate of ACM",
      );
}

function checkSecrets({ secrets }: CdnOriginArgs, report: Report): void {
  for (const [key, value] of Object.entries(secrets ?? {})) {
    if (typeof value === "string" && !/^[A-Za-z0-9_-]{32,128}$/.test(value))
      report
        .in(key)
        .refuseUnseen(
          "is no secret of 32 to 128 letters, digits, hyphens and underscores",
          "make one: openssl rand -hex 32",
        );
  }
}

function checkWebAcl({ webAclArn }: CdnArgs, report: Report): void {
  if (typeof webAclArn === "string" && !/^arn:aws[\w-]*:wafv2:us-east-1:\d{12}:global\/webacl\//.test(webAclArn))
    report.refuse(
      webAclArn,
      "is no web ACL for distributions",
      "make one: new WebAcl(…, { scope: WebAclScope.CloudFront })",
    );
}

function checkPriceClass({ priceClass }: CdnArgs, report: Report): void {
  const choices: readonly string[] = Object.values(PriceClass);
  if (priceClass !== undefined && !choices.includes(priceClass))
    report.refuse(priceClass, "is not one of the choices", `use ${choices.join(", ")}`);
}

function checkAccessLogs({ accessLogs = {} }: CdnArgs, report: Report): void {
  const { enabled = true, ...where } = accessLogs;
  if (!enabled && Object.values(where).some((value) => value !== undefined))
    report.in("enabled").refuse(enabled, "says that there are none, and the rest where they are", "give one of them");
  else checkLogBucket(where, report);
}

/** A year, which is as long as CloudFront keeps anything by default. */
const mostCachedSeconds = 31_536_000;

function checkErrorPage(
  { status, path, cachedSeconds }: ErrorPageArgs,
  all: readonly ErrorPageArgs[],
  report: Report,
): void {
  if (!errorStatuses.includes(status))
    report.in("status").refuse(status, "is no error that CloudFront has pages for", `use ${errorStatuses.join(", ")}`);
  else if (all.filter((one) => one.status === status).length > 1)
    report.in("status").refuse(status, "has two pages", "leave one of them out");
  if (!/^\/[\x21-\x7e]*$/.test(path))
    report.in("path").refuse(path, "is no path", 'begin it with a slash, e.g. "/errors/503.html"');
  checkRange(cachedSeconds, [0, mostCachedSeconds], report.in("cachedSeconds"));
}

/** Routes that want more than CloudFront gives. Where it connects from matters to the host alone, so any address will do. */
function hopFaults({ apps, origin }: CdnArgs, domains: readonly string[]): Problem[] {
  const front = [cloudFrontHop({ ...origin, addresses: ["192.0.2.0/24"] })];
  const demands = (route: Route): Route =>
    domains.some((domain) => fitsDomain(domain, route.domain)) ? route : { domain: route.domain };
  const behind = apps.map((app) => ({ ...app, routes: app.routes?.map(demands) }));
  return hopProblems({ ...directHops, front }, behind).map((problem) => ({
    ...problem,
    fix: problem.fix.replace("front[0].", "origin."),
  }));
}
