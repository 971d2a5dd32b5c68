import type { Problem } from "../app/problem";
import { Report } from "../app/validation/report";
import { literalDomains } from "../app/route/domains";
import { directHops } from "../host/hops";
import { furtherNames, hasTls, withNames } from "../host/names";
import { webServerProblems } from "../host/web-server/web-server";
import { checkKey, checkPem, serverKeys } from "../host/tls/check-pem";
import { suggestion } from "../app/nearest";
import { Delivery, SiteArgs } from "./site-args";

/** What is wrong with the parts of a site that others look after: names, certificates, a web server in front. */
export function othersProblems(args: SiteArgs, now = new Date()): Problem[] {
  const problems: Problem[] = [];
  const report = new Report("", problems);
  const { apps, webServer, front, manual, zone, certificates = {} } = args;
  if (webServer && front?.length)
    report.in("front").refuseUnseen("is given beside webServer", "give the one that clients connect to by front alone");
  if (manual && zone)
    report.in("zone").refuse(zone.name, "is given, but no record is made", "leave out manual, or the zone");
  checkSigned(args, report.in("certificates"), now);
  if (certificates.signed && webServer?.challenges)
    report.in("webServer", "challenges").refuseUnseen("are of no use to an authority that people ask", "leave it out");
  return [...problems, ...(webServer ? webServerProblems(webServer, apps) : [])];
}

function checkSigned({ apps, web = {}, certificates, delivery }: SiteArgs, report: Report, now: Date): void {
  const signed = certificates?.signed;
  if (!signed) return;
  if (certificates.acme) report.in("acme").refuseUnseen("is given beside signed", "give one of the two");
  const hops = withNames(directHops, apps, web);
  const domains = literalDomains(apps).filter((domain) => hasTls(hops, domain));
  const place = report.in("signed", "certificates");
  if (delivery === Delivery.Inline && Object.keys(signed.certificates ?? {}).length)
    place.refuseUnseen("would be in user data", "deliver by a store");
  for (const [domain, one] of Object.entries(signed.certificates ?? {})) {
    const own = place.in(domain);
    if (!domains.includes(domain)) {
      own.refuseUnseen("is for the domain of no route", domains.length ? suggestion(domain, domains) : "leave it out");
      continue;
    }
    if (web.domains?.some((settings) => settings.domain === domain && settings.certificate !== undefined))
      own.refuseUnseen("is for a domain that says where its certificate comes from", "leave it out here or there");
    checkPem(one, [domain, ...furtherNames(hops, domain)], now, own);
    if (typeof one.privateKey === "string") checkKey(one.certificate, one.privateKey, serverKeys, own.in("privateKey"));
  }
}
