import { CertificateFrom, DomainSettings, WebPorts } from "../app/domain-settings";
import { at, Fault, Problem } from "../app/problem";
import { portsOf } from "../app/traffic";
import { Report } from "../app/validation/report";
import { choiceProblems, localOnly, withoutStore } from "../host/tls/choices";
import { trafficProblems } from "./check-traffic";
import { isInZone } from "./match-zone";
import { Delivery, SiteArgs } from "./site-args";
import { hasCdn, isFleet } from "./site-shape";

/** What of names and ports a site in AWS cannot carry. What is wrong with them anywhere is said elsewhere. */
export function siteNameProblems(args: SiteArgs): Problem[] {
  const problems: Problem[] = [];
  const report = new Report("web", problems);
  const { domains = [], ports } = args.web ?? {};
  checkAdminPorts(ports, report.in("ports"), problems);
  domains.forEach((settings, index) => {
    const own = report.in("domains", index);
    checkAdminPorts(settings.ports, own.in("ports"), problems);
    checkRedirects(settings, args, own);
    checkElsewhere(settings, args, own);
    checkZone(settings, args, own);
  });
  return [...problems, ...choiceProblems(args.web ?? {}, refusedChoices(args))];
}

/** Sources of certificates that machines in AWS do not have. */
function refusedChoices(args: SiteArgs): Partial<Record<CertificateFrom, Fault>> {
  const inline = args.delivery === Delivery.Inline ? withoutStore : {};
  const untrusted = {
    [CertificateFrom.SelfSigned]: {
      reason: "is no certificate that CloudFront trusts",
      fix: "leave it out, or use files",
    },
  };
  const elsewhere = Object.fromEntries(
    Object.values(CertificateFrom).map((from) => [
      from,
      { reason: "is not seen: TLS with clients ends at the balancer, with a certificate of ACM", fix: "leave it out" },
    ]),
  );
  if (isFleet(args)) return elsewhere;
  return { ...localOnly, ...inline, ...(hasCdn(args) && untrusted) };
}

/** Ports that everybody may reach are no ports of administration. Those that are no ports at all are said elsewhere. */
function checkAdminPorts(ports: WebPorts | undefined, report: Report, problems: Problem[]): void {
  for (const key of ["http", "https"] as const) {
    const port = ports?.[key];
    if (port === undefined || !portsOf(String(port))) continue;
    for (const { reason } of trafficProblems({ port: String(port) }, "ingress", ""))
      problems.push({ path: at(report.path, key), value: port, reason, fix: "let it listen on another port" });
  }
}

/** Requests of names without a route are not handed on by what reads them in front of the machines. */
function checkRedirects({ redirects = [] }: DomainSettings, args: SiteArgs, report: Report): void {
  const reader = hasCdn(args) ? "the distribution" : isFleet(args) ? "the balancer" : undefined;
  if (reader === undefined || !redirects.length) return;
  report
    .in("redirects")
    .refuse(redirects, `would not get past ${reader}, which hands on what is for a route`, "make them aliases");
}

function checkElsewhere({ domain, ...settings }: DomainSettings, { webServer }: SiteArgs, report: Report): void {
  if (!webServer?.domains.includes(domain)) return;
  for (const key of ["aliases", "redirects"] as const)
    if (settings[key]?.length)
      report
        .in(key)
        .refuse(settings[key], `are names of ${domain}, which webServer answers`, "let that web server answer by them");
}

function checkZone({ aliases, redirects }: DomainSettings, { zone }: SiteArgs, report: Report): void {
  if (!zone) return;
  for (const [key, names = []] of Object.entries({ aliases, redirects }))
    names.forEach((name, place) => {
      if (isInZone(name, zone.name)) return;
      report
        .in(key, place)
        .refuse(name, `does not lie in the zone "${zone.name}"`, "leave out the zone and let it be found");
    });
}
