import { App, Route } from "../../app/app";
import { withHead } from "../../app/route/methods";
import { fileRules } from "../file-rules";
import { HopChain } from "../hops";
import { routeHeaders, routeHiddenHeaders } from "./answer-headers";
import { corsDirectives, corsMaps, preflightMap } from "./cors";
import { expression } from "./expression";
import { limitDirectives, limitedClients, limitZones } from "./limits";
import { map } from "./map";
import { routeKey } from "./route-key";
import { because, block, Directive, directive } from "./tree";
import { connectionMap } from "./upstreams";

/** What a route lets through and says to browsers, in its own location, so that no rule reaches another route. */
export function routeRules(app: App, route: Route): Directive[] {
  return [
    ...routeHeaders(route.security),
    // Before the methods: browsers ask by OPTIONS whether they may use another.
    ...corsDirectives(app, route),
    ...refuseMethods(route),
    ...refuseFiles(app, route),
    ...limitDirectives(app, route),
  ];
}

/** The same for a route whose requests are handed to an app. */
export function proxyRules(app: App, route: Route): Directive[] {
  return [...routeRules(app, route), ...routeHiddenHeaders(route)];
}

/** What an app's routes rely on, beside its servers: maps and zones of its own. */
export function ruleMaps(app: App): Directive[] {
  return [...corsMaps(app), ...fileMaps(app), ...limitZones(app)];
}

/** What the rules of all routes rely on. */
export function commonRuleMaps(routes: readonly Route[], hops: HopChain): Directive[] {
  return [
    ...preflightMap(routes),
    ...limitedClients(routes, hops),
    ...(routes.some(refusesByRequest) ? [connectionMap()] : []),
  ];
}

/** Whether a route refuses requests by conditions, which hold in the location itself only. */
export function refusesByRequest(route: Route): boolean {
  return route.methods !== undefined || fileRules(route.security ?? {}).length > 0;
}

function refuseMethods({ methods }: Route): Directive[] {
  if (!methods) return [];
  const answered = withHead(methods);
  return [
    block(
      "if",
      [expression`($request_method`, "!~", { token: `^(?:${answered.join("|")})$` }, ")"],
      // RFC 9110, section 15.5.6: the answer tells the methods that there are.
      [directive("add_header", "Allow", answered.join(", "), "always"), directive("return", 405)],
    ),
  ];
}

const refusedVariable = (app: App, route: Route): string => `refused_file_${routeKey(app, route)}`;

function refuseFiles(app: App, route: Route): Directive[] {
  if (fileRules(route.security ?? {}).length === 0) return [];
  return [block("if", [{ token: `($${refusedVariable(app, route)})` }], [directive("return", 403)])];
}

/** The path as nginx resolves it: an app that decodes it sees the same names. */
function fileMaps(app: App): Directive[] {
  return (app.routes ?? []).flatMap((route) => {
    const rules = fileRules(route.security ?? {});
    if (rules.length === 0) return [];
    return [
      because(
        `files that ${app.name} does not answer at ${route.path ?? "/"}`,
        map(
          expression`$uri`,
          refusedVariable(app, route),
          rules.map(({ pattern, ignoreCase, refuse }) => [
            { token: `~${ignoreCase ? "*" : ""}${pattern}` },
            refuse ? 1 : "",
          ]),
        ),
      ),
    ];
  });
}
