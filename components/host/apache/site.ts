import { PlainHttp } from "../../app/domain-settings";
import { certificateFolder } from "../../app/paths";
import { Web } from "../../app/web";
import { authority, HopChain, publicScheme } from "../hops";
import { addressOf, byPlainHttp } from "../names";
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

/** A name, and what is said at it. */
interface Named {
  readonly name: string;
  readonly hops: HopChain;
  readonly web: Web;
  /** The routes that answer there. */
  readonly routes: readonly SiteRoute[];
  /** What is said by a chain of hops, which may be one without TLS. */
  readonly answers: (hops: HopChain) => ApacheDirective[];
}

/** Everything that httpd does for one name at which routes answer. */
export function site(name: string, routes: readonly SiteRoute[], hops: HopChain, web: Web): ApacheDirective[] {
  const answers = (seen: HopChain): ApacheDirective[] => routeAnswers(name, routes, seen, web);
  return hosts({ name, hops, web, routes, answers }, byPlainHttp(hops, name));
}

/** What httpd does for a name that only leads to its domain: first to TLS by the same name, as nginx does. */
export function leadingSite(name: string, hops: HopChain, web: Web): ApacheDirective[] {
  const { domain } = addressOf(hops, name);
  const answers = (seen: HopChain): ApacheDirective[] => sendTo(domain, seen);
  return hosts({ name, hops, web, routes: [], answers }, byPlainHttp(byPlainHttp(hops, name), domain));
}

/** What httpd does for a name at which an app answers by itself: it sends plain HTTP there. */
export function sendingSite(name: string, hops: HopChain, web: Web): ApacheDirective[] {
  return [plainHost({ name, hops, web, routes: [], answers: () => [] }, sendTo(name, hops))];
}

/** The hosts of a name: by plain HTTP, by TLS, or both. `plain`: the hops as they are without TLS. */
function hosts(named: Named, plain: HopChain): ApacheDirective[] {
  const { name, hops } = named;
  const { http } = addressOf(hops, name);
  return [
    plainHost(named, http === PlainHttp.Redirect ? sendTo(name, hops) : answered(named, plain)),
    ...(http === PlainHttp.Only ? [] : [secureHost(named)]),
  ];
}

/** Plain HTTP: the challenges of certificate authorities, and what else is said. */
function plainHost({ name, hops, web }: Named, answers: readonly ApacheDirective[]): ApacheDirective {
  const { domain, httpPort } = addressOf(hops, name);
  const challenges = `${acmeFolder}${challengePath}`;
  return section(
    "VirtualHost",
    [`*:${httpPort}`],
    [
      apache("ServerName", name),
      ...accessLog(domain, web.logs ?? {}),
      apache("AllowEncodedSlashes", "NoDecode"),
      apache("ProxyPass", challengePath, "!"),
      apache("Alias", challengePath, challenges),
      section("Directory", [challenges], [apache("ForceType", "text/plain"), apache("Require", "all", "granted")]),
      apache("RewriteEngine", "On"),
      apache("RewriteRule", `^${quoted(challengePath)}`, "-", "[L]"),
      ...answers,
    ],
  );
}

function secureHost(named: Named): ApacheDirective {
  const { name, hops, web } = named;
  const { domain, httpsPort } = addressOf(hops, name);
  const folder = certificateFolder(domain);
  return section(
    "VirtualHost",
    [`*:${httpsPort}`],
    [
      apache("ServerName", name),
      ...accessLog(domain, web.logs ?? {}),
      apache("SSLEngine", "On"),
      apache("SSLCertificateFile", `${folder}/fullchain.pem`),
      apache("SSLCertificateKeyFile", `${folder}/privkey.pem`),
      apache("AllowEncodedSlashes", "NoDecode"),
      apache("RewriteEngine", "On"),
      ...answered(named, hops),
    ],
  );
}

/** What is so for all answers of a name but those that send on to TLS. */
function answered({ name, routes, answers }: Named, hops: HopChain): ApacheDirective[] {
  return [
    ...transportHeader(name, hops, routes),
    ...hostHeaders(name, hops),
    ...refuseUnproven(hops),
    ...refuseDotSegments(),
    ...answers(hops),
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
