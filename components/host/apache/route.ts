import { hasFiles as routeHasFiles } from "../../app/route/has-files";
import { Route, ServeBy } from "../../app/route/route";
import { HopChain, maxBodyMiB } from "../hops";
import { routeName, SiteRoute } from "../site-route";
import { saysServer, serverVariable } from "./server-header";
import { expressionText, quoted } from "./text";
import { apache, ApacheDirective, noted, section } from "./tree";

/** Whether a route is answered from files and by nothing else, and whether it is answered from files at all. */
export const isFiles = ({ route }: SiteRoute): boolean => route.serve === ServeBy.Files;
export const hasFiles = ({ route }: SiteRoute): boolean => routeHasFiles(route);

/** A path without its last slash is matched by itself too, and never matches the beginning of a name. */
export const prefixOf = (path: string): string => (path === "/" ? "/" : path.slice(0, -1));

/** Variables of a request: the name of its route, and the largest body that it may have, in bytes. */
export const routeVariable = "landfall_route";
const bodyVariable = "landfall_max_body";

/** Whether a request has come by a route, as an expression. The sections of routes below it inherit what asks for it. */
export const isMine = (of: SiteRoute): string => `%{reqenv:${routeVariable}} == ${expressionText(routeName(of))}`;

/** Largest request body of a route, in bytes; none for files, which take no body. */
export const maxBodyBytes = (route: Route, hops: HopChain): number => maxBodyMiB(route, hops) * 1024 * 1024;

/** Variable of a request that a file answers in an app's place. mod_proxy has this name for what it leaves alone. */
export const fileVariable = "no-proxy";

/** Of a route where files come first: what tells their answers from the app's, as expressions; nothing of others. */
export const byFile = (of: SiteRoute): string[] => (isFiles(of) ? [] : [`-n %{reqenv:${fileVariable}}`]);
export const byApp = (of: SiteRoute): string[] => (hasFiles(of) ? [`-z %{reqenv:${fileVariable}}`] : []);

/** A body by HTTP/2, which needs no header that says that there is one. */
const untold =
  "%{SERVER_PROTOCOL} == 'HTTP/2.0' && %{REQUEST_METHOD} =~ /^(?:POST|PUT|PATCH)$/ && req_novary('Content-Length') == ''";

/** Finds the route of a request by its path, the longest that fits, before anything else asks for it. */
export function findByPath(routes: readonly SiteRoute[], hops: HopChain): ApacheDirective[] {
  return routes.map((of) => {
    const path = of.route.path ?? "/";
    return apache(
      "RewriteRule",
      path === "/" ? "^/" : `^${quoted(prefixOf(path))}(?:/|$)`,
      "-",
      flags(found(of, hops)),
    );
  });
}

/** What is known of a request once its route is found. */
export function found(of: SiteRoute, hops: HopChain): string[] {
  const limit = isFiles(of) ? [] : [`E=${bodyVariable}:${maxBodyBytes(of.route, hops)}`];
  const server = saysServer(of.route) ? [`E=${serverVariable}:${routeName(of)}`] : [];
  return [`E=${routeVariable}:${routeName(of)}`, ...limit, ...server];
}

/** Condition of mod_rewrite that a request is one of a route. */
export const ofRoute = (of: SiteRoute): ApacheDirective =>
  apache("RewriteCond", `%{ENV:${routeVariable}}`, `=${routeName(of)}`);

/** Paths at which the rules of a route hold: all that it has, but not its prefix without the slash, which is sent on. */
export const placeOf = ({ route: { path = "/" } }: SiteRoute): string => (path === "/" ? "^" : `^${quoted(path)}`);

/** Flags of a rule of mod_rewrite. */
export const flags = (all: readonly string[]): string => `[${all.join(",")}]`;

/** What no route has is not found. */
export function refuseUnknown(routes: readonly SiteRoute[]): ApacheDirective[] {
  if (routes.some(({ route }) => route.pattern === undefined && (route.path ?? "/") === "/")) return [];
  return [
    apache("RewriteCond", `%{ENV:${routeVariable}}`, "^$"),
    noted("what no app has is not found", apache("RewriteRule", "^", "-", "[R=404,L]")),
  ];
}

/** httpd counts no bodies that it hands on, so those whose length is told are refused before it does. */
export function limitBodies(routes: readonly SiteRoute[]): ApacheDirective[] {
  if (routes.every(isFiles)) return [];
  return [
    apache("RewriteCond", "expr", `req_novary('Content-Length') -gt reqenv('${bodyVariable}')`),
    apache("RewriteRule", "^", "-", "[R=413,L]"),
    noted(
      "a body whose length is not told would not be counted",
      apache("RewriteCond", "%{HTTP:Transfer-Encoding}", "!^$", "[NV,OR]"),
    ),
    apache("RewriteCond", "expr", untold),
    apache("RewriteRule", "^", "-", "[R=411,L]"),
  ];
}

/** `/app` is `/app/`: relative links of its pages need the slash. */
export function barePrefix(path: string): ApacheDirective {
  return section(
    "LocationMatch",
    [`^${quoted(prefixOf(path))}$`],
    [apache("Redirect", 308, path.replace(/[\\$%]/g, "\\$&"))],
  );
}
