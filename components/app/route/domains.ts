import { App } from "../app";
import { Route } from "./route";
import { domainFault, DomainFault } from "../domain";
import { at } from "../problem";

/** A route at a host name that is written out. */
export interface PlacedRoute {
  readonly app: App;
  readonly route: Route;
  /** Property path of the route that was written, e.g. `apps[1].routes[0]`. */
  readonly place: string;
}

/** Whether a domain stands for all that fit it, e.g. `*.example.com` or `ws.*`. */
export const isDomainPattern = (domain: string): boolean => domain.includes("*");

/** What is wrong with a host name or a pattern of host names. Undefined when nothing is. */
export function domainPatternFault(domain: string): DomainFault | undefined {
  if (!isDomainPattern(domain)) return domainFault(domain);
  const [first, last] = [domain.startsWith("*."), domain.endsWith(".*")];
  const rest = domain.slice(first ? 2 : 0, last ? -2 : undefined);
  if (first === last || isDomainPattern(rest))
    return {
      reason: "has a star in a place of no meaning",
      fix: 'put one at the front, "*.example.com", or the end, "ws.*"',
    };
  // What is left of `ws.*` may be digits; that is no address.
  return domainFault(last ? `${rest}.example` : rest);
}

/** Whether a host name fits a pattern of host names. */
export function fitsDomain(domain: string, pattern: string): boolean {
  if (pattern.startsWith("*.")) return domain.endsWith(pattern.slice(1)) && domain.length > pattern.length - 1;
  if (pattern.endsWith(".*")) return domain.startsWith(pattern.slice(0, -1)) && domain.length > pattern.length - 1;
  return domain === pattern;
}

/** The host names that the apps' routes have written out, sorted: all that they answer at but for aliases. */
export function literalDomains(apps: readonly App[]): string[] {
  const domains = apps.flatMap((app) => (app.routes ?? []).map((route) => route.domain));
  return [...new Set(domains.filter((domain) => domain !== undefined && !isDomainPattern(domain)))].sort();
}

/** What tells two routes of one domain from another: the path, or the pattern, which no path looks like. */
const placeOf = ({ path = "/", pattern }: Route): string => (pattern === undefined ? path : `~${pattern}`);

/**
 * All routes at host names that are written out: a route whose domain is a pattern is there once for each host name that fits,
 * but for those that have a route of their own at the same place.
 *
 * @param further host names that are known beside those of the routes
 */
export function placedRoutes(apps: readonly App[], further: readonly string[] = []): PlacedRoute[] {
  const domains = [...new Set([...literalDomains(apps), ...further])].sort();
  const own = new Set(apps.flatMap((app) => (app.routes ?? []).map((route) => `${route.domain} ${placeOf(route)}`)));
  return apps.flatMap((app, index) =>
    (app.routes ?? []).flatMap((route, position) => {
      const place = at(at(at("apps", index), "routes"), position);
      if (route.domain === undefined || !isDomainPattern(route.domain)) return [{ app, route, place }];
      return domains
        .filter((domain) => fitsDomain(domain, route.domain) && !own.has(`${domain} ${placeOf(route)}`))
        .map((domain) => ({ app, route: { ...route, domain }, place }));
    }),
  );
}

/** The same apps with all their routes at host names that are written out. Apps whose routes are so already are the same. */
export function withLiteralDomains(apps: readonly App[], further: readonly string[] = []): App[] {
  if (!apps.some((app) => app.routes?.some(({ domain }) => isDomainPattern(domain)))) return [...apps];
  const placed = placedRoutes(apps, further);
  return apps.map((app) =>
    app.routes ? { ...app, routes: placed.filter((one) => one.app === app).map(({ route }) => route) } : app,
  );
}
