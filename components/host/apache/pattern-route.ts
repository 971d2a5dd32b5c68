import { App } from "../../app/app";
import { renderPattern } from "../../app/route/pattern";
import { HopChain } from "../hops";
import { hasPattern, SiteRoute } from "../site-route";
import { handOver, proxySection } from "./proxy-route";
import { flags, found, prefixOf } from "./route";
import { quoted } from "./text";
import { apache, ApacheDirective, section } from "./tree";
import { dollarVariable, requestVariable } from "./word";

/** The expression of a route. Between brackets it may have a dollar sign before a brace, which httpd would take for a variable. */
const expression = ({ route }: SiteRoute): string => renderPattern(route.pattern!).replaceAll("${", "$\\{");

/** Variable that holds the place of a pattern: all paths for the requests that it has found, and no path for others. */
const placeVariable = (index: number): string => `landfall_pattern_${index}`;

/**
 * Finds the route of a request by the first pattern that fits, after the paths and in the place of what they found. A prefix
 * without its slash is sent on before any pattern.
 *
 * @param routes those of the domain, patterns in the order in which they are asked
 */
export function findByPattern(routes: readonly SiteRoute[], hops: HopChain): ApacheDirective[] {
  const patterns = routes.filter(hasPattern);
  if (patterns.length === 0) return [];
  const bare = routes
    .filter((of) => !hasPattern(of))
    .flatMap(({ route: { path = "/" } }) => (path === "/" ? [] : [path]));
  return [
    ...patterns.map((_, index) => apache("RewriteRule", "^", "-", flags([`E=${placeVariable(index)}:none`]))),
    ...bare.map((path, index) => {
      const skip = bare.length - index - 1 + patterns.length;
      return apache("RewriteRule", `^${quoted(prefixOf(path))}$`, "-", flags([`S=${skip}`]));
    }),
    ...patterns.map((of, index) => {
      const skip = patterns.length - index - 1;
      const all = [...found(of, hops), `E=${placeVariable(index)}:/`, ...(skip === 0 ? [] : [`S=${skip}`])];
      return apache("RewriteRule", expression(of), "-", flags(all));
    }),
  ];
}

/** What `handOverPatterns` relies on, in the main file; nothing where no route has a pattern. */
export function definePatterns(apps: readonly App[]): ApacheDirective[] {
  return apps.some(({ routes = [] }) => routes.some(({ pattern }) => pattern !== undefined))
    ? [apache("Define", dollarVariable, "$")]
    : [];
}

/**
 * Hands the routes with patterns over, the path as it is written. `ProxyPassMatch` would hand on what httpd made of a path in which
 * letters are escaped. So each is for all paths, but by a variable: only for the requests that it has found.
 */
export function handOverPatterns(routes: readonly SiteRoute[], hops: HopChain): ApacheDirective[] {
  const patterns = routes.filter(hasPattern);
  if (patterns.length === 0) return [];
  return [
    apache("ProxyPassInterpolateEnv", "On"),
    ...patterns.map((of, index) => handOver(of, hops, requestVariable(placeVariable(index)))),
  ];
}

/** What holds for the requests of a pattern. The section of the first one that fits comes last, and prevails. */
export function patternSections(routes: readonly SiteRoute[], hops: HopChain): ApacheDirective[] {
  return routes
    .filter(hasPattern)
    .reverse()
    .map((of) => section("LocationMatch", [expression(of)], proxySection(of, hops)));
}
