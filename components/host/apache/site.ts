import { certificateFolder } from "../../app/paths";
import { Web } from "../../app/web";
import { authority, HopChain, publicScheme } from "../hops";
import { addressOf } from "../names";
import { NameWay, waysOf } from "../name-ways";
import { hasPattern, SiteRoute } from "../site-route";
import { acmeFolder, challengePath } from "../tls/challenge";
import { transportHeader } from "./answer-headers";
import { balancer } from "./balancer";
import { findFiles, firstSection } from "./files-first";
import { filesSection, folderOf, hideInFiles, readOnlyFiles } from "./files-route";
import { hostHeaders, requestLine } from "./forwarded";
import { accessLog } from "./log";
import { findByPattern, handOverPatterns, patternSections } from "./pattern-route";
import { findPacked, packedAnswers } from "./precompressed";
import { refuseUnproven } from "./proof";
import { reportSite } from "./report-location";
import { handOver, locationOf, proxySection, secureRedirects } from "./proxy-route";
import { barePrefix, findByPath, hasFiles, isFiles, limitBodies, refuseUnknown } from "./route";
import { refuseByRules } from "./route-rules";
import { quoted } from "./text";
import { apache, ApacheDirective, noted, section } from "./tree";

/** One of the ways by which httpd is asked by a name, and what is said there. */
interface Asked {
  readonly way: NameWay;
  readonly web: Web;
  /** The routes that answer at the name. */
  readonly routes: readonly SiteRoute[];
}

/** Everything that httpd does for one name: routes answer there, or it leads to its domain. */
export function site(name: string, routes: readonly SiteRoute[], hops: HopChain, web: Web): ApacheDirective[] {
  return waysOf(name, hops).map((way) => (way.isSecure ? secureHost : plainHost)({ way, web, routes }));
}

/** Plain HTTP: the challenges of certificate authorities, and what else is said. */
function plainHost(asked: Asked): ApacheDirective {
  const { name, port, hops } = asked.way;
  const challenges = `${acmeFolder}${challengePath}`;
  return section(
    "VirtualHost",
    [`*:${port}`],
    [
      apache("ServerName", name),
      ...accessLog(addressOf(hops, name).domain, asked.web.logs ?? {}),
      apache("AllowEncodedSlashes", "NoDecode"),
      apache("ProxyPass", challengePath, "!"),
      apache("Alias", challengePath, challenges),
      section("Directory", [challenges], [apache("ForceType", "text/plain"), apache("Require", "all", "granted")]),
      apache("RewriteEngine", "On"),
      apache("RewriteRule", `^${quoted(challengePath)}`, "-", "[L]"),
      ...answered(asked),
    ],
  );
}

function secureHost(asked: Asked): ApacheDirective {
  const { name, port, hops } = asked.way;
  const { domain } = addressOf(hops, name);
  const folder = certificateFolder(domain);
  return section(
    "VirtualHost",
    [`*:${port}`],
    [
      apache("ServerName", name),
      ...accessLog(domain, asked.web.logs ?? {}),
      apache("SSLEngine", "On"),
      apache("SSLCertificateFile", `${folder}/fullchain.pem`),
      apache("SSLCertificateKeyFile", `${folder}/privkey.pem`),
      apache("AllowEncodedSlashes", "NoDecode"),
      apache("RewriteEngine", "On"),
      ...answered(asked),
    ],
  );
}

/** What is said at a name, and what is so for all of its answers but those that send on to TLS. */
function answered({ way, routes, web }: Asked): ApacheDirective[] {
  const { name, hops, sentTo } = way;
  if (sentTo === name) return sendTo(name, hops);
  return [
    ...transportHeader(name, hops, routes),
    ...hostHeaders(name, hops),
    ...refuseUnproven(hops),
    ...refuseDotSegments(),
    ...(sentTo === undefined ? routeAnswers(name, routes, hops, web) : sendTo(sentTo, hops)),
  ];
}

/** Sends a request on to a name, by the way that the hops tell of, with path and query. */
function sendTo(name: string, hops: HopChain): ApacheDirective[] {
  return [
    apache("RewriteCond", "%{THE_REQUEST}", requestLine),
    noted(
      "308, not 301: browsers make a GET of a POST that meets a 301, and what was sent is lost",
      apache(
        "RewriteRule",
        "^",
        `${publicScheme(hops, name)}://${authority(hops, name)}%1`,
        "[R=308,NE,UnsafeAllow3F,L]",
      ),
    ),
  ];
}

/** The routes of a name; what belongs to none of them is not there. */
function routeAnswers(name: string, routes: readonly SiteRoute[], hops: HopChain, web: Web): ApacheDirective[] {
  const report = reportSite(name, web.logs?.report);
  const [files, proxied] = [routes.filter(hasFiles), routes.filter((route) => !isFiles(route))];
  const paths = routes.filter((route) => !hasPattern(route));
  return [
    ...(proxied.length ? [secureRedirects(name, hops)] : []),
    ...findByPath([...paths].sort(shallowestFirst), hops),
    ...files.flatMap(hideInFiles),
    ...findByPattern(routes, hops),
    ...report.found,
    ...refuseUnknown(routes),
    ...refuseByRules(routes),
    ...files.filter(isFiles).flatMap(readOnlyFiles),
    ...limitBodies(routes),
    ...files.flatMap(findFiles),
    ...files.flatMap(findPacked),
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
  ];
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
  return [locationOf(path, sectionOf(of, hops)), ...(path === "/" ? [] : [barePrefix(path)])];
}

function sectionOf(of: SiteRoute, hops: HopChain): ApacheDirective[] {
  if (isFiles(of)) return [...filesSection(of), ...packedAnswers(of)];
  return [...proxySection(of, hops), ...(hasFiles(of) ? [...firstSection(of), ...packedAnswers(of)] : [])];
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
