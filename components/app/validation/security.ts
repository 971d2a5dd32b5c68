import { Route, ServeBy } from "../route/route";
import { contentOnly, Security, SecurityPreset, ServerHeader, StrictTransport } from "../route/security";
import { checkContentPolicy } from "./content-policy";
import { originFault } from "./origin";
import { Report } from "./report";
import { checkDistinct, checkWhole, unwritable } from "./text";

/** Checks what a route says to browsers, and which files it keeps back. */
export function checkSecurity(route: Route, security: Security, report: Report): void {
  if (security.allow !== undefined) checkAllow(security, security.allow, report.in("allow"));
  if (security.framedBy !== undefined) checkFramedBy(security.framedBy, report.in("framedBy"));
  if (security.permissionsPolicy !== undefined)
    checkPermissions(security.permissionsPolicy, report.in("permissionsPolicy"));
  if (security.contentSecurityPolicy !== undefined) {
    const strict = security.preset === SecurityPreset.Strict;
    checkContentPolicy(security.contentSecurityPolicy, strict, report.in("contentSecurityPolicy"));
    if (strict && security.contentSecurityPolicy.enforce === false)
      report
        .in("contentSecurityPolicy", "enforce")
        .refuse(
          false,
          'contradicts the preset "strict"',
          "leave it out, or use another preset while you try the policy",
        );
  }
  if (security.strictTransport !== undefined)
    checkStrictTransport(route.domain, security.strictTransport, report.in("strictTransport"));
  if (security.server === ServerHeader.App && route.serve === ServeBy.Files)
    report.in("server").refuse(security.server, "has no effect on files, no app answers", "leave it out");
}

/** The longest name of a file (Linux, `NAME_MAX`). */
const longestName = 255;

function checkAllow(security: Security, allow: readonly string[], report: Report): void {
  if (!contentOnly(security))
    return report.refuse(allow, "has no effect where all files are answered", 'say files: "content", or leave it out');
  checkDistinct(allow, report);
  allow.forEach((glob, index) => {
    const place = report.in(index);
    const bad = glob === "" ? "is empty" : unwritable(glob);
    if (bad !== undefined) place.refuse(glob, bad, 'give a name such as "data.csv" or "*.xlsx"');
    else if (/[/\\;#[\]{}]/.test(glob))
      place.refuse(
        glob,
        "is more than the name of a file",
        "use * and ?, and give files of one folder a route of their own",
      );
    else if (glob.startsWith("."))
      place.refuse(glob, "is hidden, and hidden files are never answered", "give the file another name");
    else if (!glob.includes("."))
      place.refuse(glob, "has no dot, and such paths are left to the app anyway", "leave it out");
    else if (!/[^*?.]/.test(glob)) place.refuse(glob, "would be all files", 'say files: "any" if that is meant');
    else if (glob.length > longestName)
      place.refuse(glob, `has more than ${longestName} characters`, "use a shorter one");
  });
}

function checkFramedBy(framedBy: readonly string[], report: Report): void {
  checkDistinct(framedBy, report);
  framedBy.forEach((who, index) => {
    const place = report.in(index);
    if (who === "*") {
      if (framedBy.length > 1) place.refuse(who, "is anybody, and others are named beside it", "say one of the two");
    } else if (who !== "self") {
      const fault = originFault(who);
      if (fault) place.refuse(who, fault.reason, who === "'self'" ? 'write it as "self"' : fault.fix);
    }
  });
}

function checkPermissions(permissions: Readonly<Record<string, string>>, report: Report): void {
  for (const [feature, who] of Object.entries(permissions)) {
    const place = report.in(feature);
    if (!/^[a-z][a-z0-9-]{0,63}$/.test(feature))
      place.refuse(who, "is for no feature of browsers", "use its name, such as camera");
    const list = who.split(" ").filter((one) => one !== "");
    if (list.includes("*") && list.length > 1) place.refuse(who, "is anybody, and others beside", "say one of the two");
    for (const one of list) {
      const fault = one === "self" || one === "*" ? undefined : originFault(one);
      if (fault) place.refuse(who, `names ${one}, which ${fault.reason}`, fault.fix);
    }
  }
}

/** A year, the least that the list of browsers takes (hstspreload.org, "Submission Requirements"). */
const preloadSeconds = 31_536_000;

/** Names that no list of the public web can hold (RFC 6761, RFC 6762, RFC 8375 and ICANN's reservation of `internal`). */
const privateName = /(?:^|\.)(?:localhost|local|internal|test|invalid|example|home\.arpa)$/;

function checkStrictTransport(domain: string | undefined, said: StrictTransport, report: Report): void {
  const { seconds = 63_072_000, includeSubDomains, preload } = said;
  const fine = said.seconds === undefined || checkWhole(seconds, 0, 63_072_000, "seconds", report.in("seconds"));
  if (!preload) {
    if (fine && seconds === 0 && includeSubDomains)
      report
        .in("includeSubDomains")
        .refuse(true, "contradicts 0 seconds, which forget the name", "leave it out, or say seconds");
    return;
  }
  const place = report.in("preload");
  if (!includeSubDomains)
    place.refuse(
      true,
      "holds for all names below as well",
      "say includeSubDomains, if all of them have TLS, or leave it out",
    );
  if (fine && seconds < preloadSeconds)
    place.refuse(
      true,
      `needs a year, and ${seconds} seconds are said`,
      `say at least ${preloadSeconds}, or leave it out`,
    );
  if (domain === undefined) return;
  if (privateName.test(domain) || !domain.includes("."))
    place.refuse(true, `cannot be had for ${domain}, which is no name of the public web`, "leave it out");
  else if (domain.startsWith("www."))
    place.refuse(
      true,
      `cannot be had for ${domain}, only for the domain itself`,
      `say it on the routes of ${domain.slice(4)}`,
    );
}
