import { App } from "../../app/app";
import { Route } from "../../app/route/route";
import { exposedHeaders, isOpen, preflightHeaders } from "../cors-headers";
import { Expression, expression, pattern } from "./expression";
import { map } from "./map";
import { routeVariable } from "./route-variable";
import { because, block, Directive, directive } from "./tree";

/** Whether a browser asks if it may ask (Fetch standard, "CORS-preflight request"). An OPTIONS of its own goes to the app. */
const preflight = "cors_preflight";

/** Map on which `corsDirectives` relies; nothing where no route says who may read its answers. */
export function preflightMap(routes: readonly Route[]): Directive[] {
  if (!routes.some(({ cors }) => cors)) return [];
  const asked = expression`$request_method $http_origin $http_access_control_request_method`;
  return [map(asked, preflight, [[{ token: "~^OPTIONS [^ ]+ [^ ]+$" }, 1]])];
}

/**
 * Maps of what a route says to other origins. What is answered is the origin as the route names it, never as the client wrote
 * it. By patterns, since a name may be longer than nginx's hash of a map holds.
 */
export function corsMaps(app: App): Directive[] {
  return (app.routes ?? []).flatMap((route) => {
    const { cors } = route;
    if (!cors) return [];
    const exposed = exposedHeaders(cors);
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
            ...(exposed === undefined ? [] : [where("exposed", exposed)]),
          ]),
      ...preflightHeaders(route, cors).map(({ what, value }) =>
        map({ token: `$${preflight}` }, name(what), [["1", value]]),
      ),
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
  const exposing = exposedHeaders(cors);
  return [
    say("Access-Control-Allow-Origin", open ? "*" : mapped("origin")),
    ...(cors.credentials ? [say("Access-Control-Allow-Credentials", mapped("credentials"))] : []),
    ...(exposing === undefined ? [] : [say("Access-Control-Expose-Headers", open ? exposing : mapped("exposed"))]),
    ...(open ? [] : [say("Vary", "Origin")]),
    ...preflightHeaders(route, cors).map(({ what, name }) => say(name, mapped(what))),
    because(
      "browsers ask before they send what forms cannot",
      block("if", [{ token: `($${preflight})` }], [directive("return", 204)]),
    ),
  ];
}

function variable(what: string, app: App, route: Route): string {
  return routeVariable(`cors_${what}`, app, route);
}
