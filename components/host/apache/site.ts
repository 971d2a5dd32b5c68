import { certificateFolder } from "../../app/paths";
import { authority, HopChain, publicScheme } from "../hops";
import { Web } from "../../app/web";
import { addressOf } from "../names";
import { SiteRoute } from "../site-route";
import { acmeFolder, challengePath } from "../tls/challenge";
import { transportHeader } from "./answer-headers";
import { balancer } from "./balancer";
import { filesSection, folderOf, hideInFiles, readOnlyFiles } from "./files-route";
import { hostHeaders, requestLine } from "./forwarded";
import { accessLog } from "./log";
import { findByPattern, handOverPatterns, hasPattern, patternSections } from "./pattern-route";
import { refuseUnproven } from "./proof";
import { reportSite } from "./report-location";
import { handOver, locationOf, proxySection, secureRedirects } from "./proxy-route";
import { barePrefix, findByPath, isFiles, limitBodies, refuseUnknown } from "./route";
import { refuseByRules } from "./route-rules";
import { quoted } from "./text";
import { apache, ApacheDirective, noted, section } from "./tree";

/** Everything that httpd does for one domain. */
export function site(domain: string, routes: readonly SiteRoute[], hops: HopChain, web: Web): ApacheDirective[] {
  return [plainHost(domain, hops, web), secureHost(domain, routes, hops, web)];
}

/** Plain HTTP: only the challenges of certificate authorities, everything else is sent to TLS. */
function plainHost(domain: string, hops: HopChain, { logs = {} }: Web): ApacheDirective {
  const challenges = `${acmeFolder}${challengePath}`;
  return section(
    "VirtualHost",
    ["*:80"],
    [
      apache("ServerName", domain),
      ...accessLog(domain, logs),
      apache("AllowEncodedSlashes", "NoDecode"),
      apache("Alias", challengePath, challenges),
      section("Directory", [challenges], [apache("ForceType", "text/plain"), apache("Require", "all", "granted")]),
      apache("RewriteEngine", "On"),
      apache("RewriteCond", "%{REQUEST_URI}", `!^${quoted(challengePath)}`),
      apache("RewriteCond", "%{THE_REQUEST}", requestLine),
      noted(
        "308, not 301: browsers make a GET of a POST that meets a 301, and what was sent is lost",
        apache(
          "RewriteRule",
          "^",
          `${publicScheme(hops, domain)}://${authority(hops, domain)}%1`,
          "[R=308,NE,UnsafeAllow3F,L]",
        ),
      ),
    ],
  );
}

function secureHost(domain: string, routes: readonly SiteRoute[], hops: HopChain, { logs = {} }: Web): ApacheDirective {
  const report = reportSite(domain, logs.report);
  const folder = certificateFolder(addressOf(hops, domain).domain);
  const [files, proxied] = [routes.filter(isFiles), routes.filter((route) => !isFiles(route))];
  const paths = routes.filter((route) => !hasPattern(route));
  return section(
    "VirtualHost",
    ["*:443"],
    [
      apache("ServerName", domain),
      ...accessLog(domain, logs),
      apache("SSLEngine", "On"),
      apache("SSLCertificateFile", `${folder}/fullchain.pem`),
      apache("SSLCertificateKeyFile", `${folder}/privkey.pem`),
      ...transportHeader(domain, hops, routes),
      ...hostHeaders(domain, hops),
      ...(proxied.length ? [secureRedirects(domain, hops)] : []),
      apache("AllowEncodedSlashes", "NoDecode"),
      apache("RewriteEngine", "On"),
      ...refuseUnproven(hops),
      ...refuseDotSegments(),
      ...findByPath([...paths].sort(shallowestFirst), hops),
      ...files.flatMap(hideInFiles),
      ...findByPattern(routes, hops),
      ...report.found,
      ...refuseUnknown(routes),
      ...refuseByRules(routes),
      ...files.flatMap(readOnlyFiles),
      ...limitBodies(routes),
      ...proxied.flatMap((route) => balancer(route, hops)),
      // The first one that matches is taken, but of the sections the last.
      ...report.ways,
      ...handOverPatterns(routes, hops),
      ...[...paths]
        .sort(deepestFirst)
        .flatMap((route) => (isFiles(route) ? leaveToFiles(route) : [handOver(route, hops)])),
      ...[...files].sort(deepestFirst).flatMap(folderOf),
      ...[...paths].sort(shallowestFirst).flatMap((route) => routeSections(route, hops)),
      ...patternSections(routes, hops),
      ...report.sections,
    ],
  );
}

/** A path that begins with another is longer. */
function deepestFirst(a: SiteRoute, b: SiteRoute): number {
  const [one, other] = [a.route.path ?? "/", b.route.path ?? "/"];
  return other.length - one.length || (one < other ? -1 : one > other ? 1 : 0);
}

const shallowestFirst = (a: SiteRoute, b: SiteRoute): number => deepestFirst(b, a);

function leaveToFiles({ route }: SiteRoute): ApacheDirective[] {
  return [apache("ProxyPass", route.path ?? "/", "!")];
}

function routeSections(of: SiteRoute, hops: HopChain): ApacheDirective[] {
  const path = of.route.path ?? "/";
  return [
    locationOf(path, isFiles(of) ? filesSection(of) : proxySection(of, hops)),
    ...(path === "/" ? [] : [barePrefix(path)]),
  ];
}

/**
 * Dot segments are resolved by clients before they send a path. What arrives with one is meant to be read in two ways:
 * httpd would choose the app by one path and the app would answer another.
 */
function refuseDotSegments(): ApacheDirective[] {
  return [
    apache("RewriteCond", "%{THE_REQUEST}", "^\\S+ [^?\\s]*(?:/|%2[Ff])(?:\\.|%2[Ee]){1,2}(?:/|%2[Ff]|\\?|\\s|$)"),
    apache("RewriteRule", "^", "-", "[R=400,L]"),
  ];
}
