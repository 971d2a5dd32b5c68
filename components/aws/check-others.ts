import type { Problem } from "../app/problem";
import { Report } from "../app/validation/report";
import { webServerProblems } from "../host/web-server/web-server";
import { checkKey, serverKeys } from "../host/tls/check-pem";
import { checkSigned } from "../host/tls/check-signed";
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
  checkOwnAuthority(args, report.in("certificates"), now);
  if (certificates.signed && webServer?.challenges)
    report.in("webServer", "challenges").refuseUnseen("are of no use to an authority that people ask", "leave it out");
  return [...problems, ...(webServer ? webServerProblems(webServer, apps) : [])];
}

function checkOwnAuthority({ apps, web = {}, certificates, delivery }: SiteArgs, report: Report, now: Date): void {
  const signed = certificates?.signed;
  if (!signed) return;
  if (certificates.acme) report.in("acme").refuseUnseen("is given beside signed", "give one of the two");
  const place = report.in("signed", "certificates");
  if (delivery === Delivery.Inline && Object.keys(signed.certificates ?? {}).length)
    place.refuseUnseen("would be in user data", "deliver by a store");
  checkSigned(signed.certificates ?? {}, { apps, web }, now, place);
  for (const [domain, { certificate, privateKey }] of Object.entries(signed.certificates ?? {}))
    if (typeof privateKey === "string") checkKey(certificate, privateKey, serverKeys, place.in(domain, "privateKey"));
}
