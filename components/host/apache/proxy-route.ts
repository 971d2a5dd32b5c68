import { authority, HopChain, publicScheme } from "../hops";
import { isStripped, SiteRoute } from "../site-route";
import { stayHeader, target, targetSettings } from "./balancer";
import { uncompressed } from "./compression";
import { prefixHeader } from "./forwarded";
import { freshAnswers } from "./freshness";
import { isMine, maxBodyBytes, prefixOf } from "./route";
import { ruleHeaders } from "./route-rules";
import { literalReplacement, quoted } from "./text";
import { apache, ApacheDirective, Evaluated, section } from "./tree";

/**
 * Hands a route over to its app, the path as it is written (`nocanon`).
 *
 * @param place prefix of the paths that are handed over, or a variable that holds it. @default that of the route
 */
export function handOver(
  of: SiteRoute,
  hops: HopChain,
  place: string | Evaluated = prefixOf(of.route.path ?? "/"),
): ApacheDirective {
  const to = `${target(of)}${isStripped(of.route) ? "" : prefixOf(of.route.path ?? "/")}`;
  const settings = [...(typeof place === "string" ? [] : ["interpolate"]), "nocanon", ...targetSettings(of, hops)];
  return apache("ProxyPass", place, to, ...settings);
}

/** What holds for the requests of a route. */
export function proxySection(of: SiteRoute, hops: HopChain): ApacheDirective[] {
  const { route } = of;
  return [
    apache("AcceptPathInfo", "On"),
    apache("LimitRequestBody", maxBodyBytes(route, hops)),
    prefixHeader(isStripped(route) ? prefixOf(route.path ?? "/") : null),
    ...(isStripped(route) ? strippedAnswers(of) : []),
    ...ruleHeaders(of),
    ...freshAnswers(of),
    ...stayHeader(of),
    ...uncompressed(of),
  ];
}

/**
 * Redirects and cookies of an app that does not know its prefix. `ProxyPassReverse` would put the prefix before a path that
 * has it already.
 */
function strippedAnswers(of: SiteRoute): ApacheDirective[] {
  const path = of.route.path ?? "/";
  const [host, name] = [quoted(of.route.domain), quoted(path.slice(1, -1))];
  const mine = `expr=${isMine(of)}`;
  const prefix = literalReplacement(path);
  return [
    apache(
      "Header",
      "edit",
      "Location",
      `(?i)^(?:https?://${host}(?::\\d+)?)?/(?!/|(?-i:${name})(?:[/?#]|$))(.*)$`,
      `${prefix}$1`,
      mine,
    ),
    apache("Header", "edit", "Set-Cookie", `(?i)(;\\s*path=)/(?!(?-i:${name})(?:[/;]|$))`, `$1${prefix}`, mine),
  ];
}

/** Redirects of any app to plain HTTP on our own name, by an app that does not know of TLS. */
export function secureRedirects(domain: string, hops: HopChain): ApacheDirective {
  const secure = `${publicScheme(hops, domain)}://${literalReplacement(authority(hops, domain))}$1`;
  return apache("Header", "edit", "Location", `(?i)^http://${quoted(domain)}(?::\\d+)?((?:[/?#].*)?)$`, secure);
}

/** The section of a path: its requests, and those of the routes below it, whose sections come later and prevail. */
export function locationOf(path: string, directives: readonly ApacheDirective[]): ApacheDirective {
  const prefix = prefixOf(path);
  if (/^[\w./~-]*$/.test(path)) return section("Location", [prefix], directives);
  // Location would read some letters as wild cards.
  return section("LocationMatch", [`^${quoted(prefix)}(?:/|$)`], directives);
}
