import { App } from "../../app/app";
import { Route } from "../../app/route/route";
import { HttpMethod, withHead } from "../../app/route/methods";
import { fileRules } from "../file-rules";
import { HopChain } from "../hops";
import { routeHeaders, routeHiddenHeaders } from "./answer-headers";
import { corsDirectives, corsMaps, preflightMap } from "./cors";
import { expression } from "./expression";
import { limitDirectives, limitedClients, limitZones } from "./limits";
import { map } from "./map";
import { routeVariable } from "./route-variable";
import { because, block, Directive, directive } from "./tree";

/** What a route lets through and says to browsers, in its own location, so that no rule reaches another route. */
export function routeRules(app: App, route: Route): Directive[] {
  return [
    ...routeHeaders(route.security),
    // Before the methods: browsers ask by OPTIONS whether they may use another.
    ...corsDirectives(app, route),
    ...refuseMethods(app, route),
    ...refuseFiles(app, route),
    ...limitDirectives(app, route),
  ];
}

/** The same for a route whose requests are handed to an app. */
export function proxyRules(app: App, route: Route): Directive[] {
  return [...routeRules(app, route), ...routeHiddenHeaders(route)];
}

/** The headers that a route says, whoever answers. */
export function saidHeaders(app: App, route: Route): Directive[] {
  return [...routeHeaders(route.security), ...corsDirectives(app, route)].filter(({ name }) => name === "add_header");
}

/** What an app's routes rely on, beside its servers: maps and zones of its own. */
export function ruleMaps(app: App): Directive[] {
  return [...corsMaps(app), ...methodMaps(app), ...fileMaps(app), ...limitZones(app)];
}

/** What the rules of all routes rely on. */
export function commonRuleMaps(routes: readonly Route[], hops: HopChain): Directive[] {
  return [...preflightMap(routes), ...limitedClients(routes, hops)];
}

/** Whether a route refuses requests by conditions, which hold in the location itself only. */
export function refusesByRequest(route: Route): boolean {
  return route.methods !== undefined || fileRules(route.security ?? {}).length > 0;
}

/** Whether only methods are left that may be repeated. */
export function isReadOnly({ methods }: Route): boolean {
  return methods !== undefined && !methods.some((method) => !reading.includes(method));
}

const reading: readonly HttpMethod[] = [HttpMethod.Get, HttpMethod.Head, HttpMethod.Options];

const allowVariable = (app: App, route: Route): string => routeVariable("allow", app, route);

/** The answer to another method tells those that there are (RFC 9110, section 15.5.6). */
function refuseMethods(app: App, route: Route): Directive[] {
  if (!route.methods) return [];
  const allow = { token: `$${allowVariable(app, route)}` };
  return [
    directive("add_header", "Allow", allow, "always"),
    block("if", [{ token: `(${allow.token})` }], [directive("return", 405)]),
  ];
}

/** The methods that a route answers, empty for a request that has one of them. */
function methodMaps(app: App): Directive[] {
  return (app.routes ?? []).flatMap((route) => {
    if (!route.methods) return [];
    const answered = withHead(route.methods);
    const known = { token: `~^(?:${answered.join("|")})$` };
    return [map(expression`$request_method`, allowVariable(app, route), [[known, ""]], answered.join(", "))];
  });
}

const refusedVariable = (app: App, route: Route): string => routeVariable("refused_file", app, route);

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
