import { App } from "./app";
import { Route } from "./route/route";
import { literalDomains, withLiteralDomains } from "./route/domains";
import { Web } from "./web";

/**
 * The apps with the routes of each domain at its aliases, too, also those that a domain has by a pattern: an alias answers the
 * same, whether it fits the pattern or not. Routes that were there keep their places.
 */
export function withAliases(apps: readonly App[], web: Web): App[] {
  const aliases = new Map((web.domains ?? []).map(({ domain, aliases: names = [] }) => [domain, names]));
  return withLiteralDomains(apps).map((app) => {
    const further = (app.routes ?? []).flatMap((route): Route[] =>
      (aliases.get(route.domain) ?? []).map((domain) => ({ ...route, domain })),
    );
    return further.length ? { ...app, routes: [...(app.routes ?? []), ...further] } : app;
  });
}

/** The names that lead to a domain, sorted. */
export function redirectsOf(web: Web): string[] {
  return (web.domains ?? []).flatMap(({ redirects = [] }) => redirects).sort();
}

/** All names that a host answers by: domains, their aliases and what leads to them, sorted. */
export function namesOf(apps: readonly App[], web: Web): string[] {
  return [...new Set([...literalDomains(withAliases(apps, web)), ...redirectsOf(web)])].sort();
}
