import { App } from "../../app/app";
import { Route } from "../../app/route/route";
import { Cors } from "../../app/route/cors";
import { HttpMethod, withHead } from "../../app/route/methods";
import { Expression, expression, pattern } from "./expression";
import { map } from "./map";
import { routeVariable } from "./route-variable";
import { because, block, Directive, directive } from "./tree";

/** Headers of the app that are not passed on where the route says who may read its answers. */
export const corsHeaderNames = [
  "Access-Control-Allow-Origin",
  "Access-Control-Allow-Credentials",
  "Access-Control-Allow-Methods",
  "Access-Control-Allow-Headers",
  "Access-Control-Allow-Private-Network",
  "Access-Control-Expose-Headers",
  "Access-Control-Max-Age",
];

/** Whether a browser asks if it may ask (Fetch standard, "CORS-preflight request"). An OPTIONS of its own goes to the app. */
const preflight = "cors_preflight";

/** Map on which `corsDirectives` relies; nothing where no route says who may read its answers. */
export function preflightMap(routes: readonly Route[]): Directive[] {
  if (!routes.some(({ cors }) => cors)) return [];
  const asked = expression`$request_method $http_origin $http_access_control_request_method`;
  return [map(asked, preflight, [[{ token: "~^OPTIONS [^ ]+ [^ ]+$" }, 1]])];
}

/** What is said to browsers that ask beforehand, by name. */
function beforehand(route: Route, cors: Cors): [name: string, value: string][] {
  const asked = cors.requestHeaders ?? [];
  return [
    ["methods", allowedMethods(route, cors).join(", ")],
    ...(asked.length === 0 ? [] : [["headers", asked.join(", ")] as [string, string]]),
    ["age", String(cors.maxAgeSeconds ?? 600)],
  ];
}

const beforehandHeaders: Readonly<Record<string, string>> = {
  methods: "Access-Control-Allow-Methods",
  headers: "Access-Control-Allow-Headers",
  age: "Access-Control-Max-Age",
};

/**
 * Maps of what a route says to other origins. What is answered is the origin as the route names it, never as the client wrote
 * it. By patterns, since a name may be longer than nginx's hash of a map holds.
 */
export function corsMaps(app: App): Directive[] {
  return (app.routes ?? []).flatMap((route) => {
    const { cors } = route;
    if (!cors) return [];
    const name = (what: string): string => variable(what, app, route);
    const origin = { token: `$${name("origin")}` };
    const where = (what: string, value: string): Directive => map(origin, name(what), [["", ""]], value);
    return [
      ...(isOpen(cors)
        ? []
        : [
            because(
              `origins that may read ${app.name} at ${route.path ?? "/"}`,
              map(
                expression`$http_origin`,
                name("origin"),
                // A header has no line break that the dollar sign could stand before.
                cors.origins.map((listed) => [pattern`~^${listed}$`, listed]),
              ),
            ),
            ...(cors.credentials ? [where("credentials", "true")] : []),
            ...(cors.exposeHeaders?.length ? [where("exposed", cors.exposeHeaders.join(", "))] : []),
          ]),
      ...beforehand(route, cors).map(([what, value]) => map({ token: `$${preflight}` }, name(what), [["1", value]])),
    ];
  });
}

/**
 * The headers by which a route says who may read its answers, and its answer to browsers that ask beforehand. All of them are
 * said in the location, empty where they are not for the request: nothing but an answer belongs in an `if`.
 */
export function corsDirectives(app: App, route: Route): Directive[] {
  const { cors } = route;
  if (!cors) return [];
  const open = isOpen(cors);
  const say = (name: string, value: string | Expression): Directive => directive("add_header", name, value, "always");
  const mapped = (what: string): Expression => ({ token: `$${variable(what, app, route)}` });
  const exposing = cors.exposeHeaders?.length ? cors.exposeHeaders.join(", ") : undefined;
  return [
    say("Access-Control-Allow-Origin", open ? "*" : mapped("origin")),
    ...(cors.credentials ? [say("Access-Control-Allow-Credentials", mapped("credentials"))] : []),
    ...(exposing === undefined ? [] : [say("Access-Control-Expose-Headers", open ? exposing : mapped("exposed"))]),
    ...(open ? [] : [say("Vary", "Origin")]),
    ...beforehand(route, cors).map(([what]) => say(beforehandHeaders[what]!, mapped(what))),
    because(
      "browsers ask before they send what forms cannot",
      block("if", [{ token: `($${preflight})` }], [directive("return", 204)]),
    ),
  ];
}

const isOpen = ({ origins }: Cors): boolean => origins.includes("*");

function allowedMethods(route: Route, cors: Cors): HttpMethod[] {
  return withHead(cors.methods ?? route.methods ?? [HttpMethod.Get, HttpMethod.Post]);
}

function variable(what: string, app: App, route: Route): string {
  return routeVariable(`cors_${what}`, app, route);
}
