import { App, Route } from "../../app/app";
import { Cors } from "../../app/route/cors";
import { HttpMethod, withHead } from "../../app/route/methods";
import { Expression, expression, pattern } from "./expression";
import { map } from "./map";
import { routeKey } from "./route-key";
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

/**
 * Maps of the origins that a route names. What is answered is the origin as the route names it, never as the client wrote it.
 * By patterns, since a name may be longer than nginx's hash of a map holds.
 */
export function corsMaps(app: App): Directive[] {
  return (app.routes ?? []).flatMap((route) => {
    const { cors } = route;
    if (!cors || isOpen(cors)) return [];
    const { origin, credentials, exposed } = variables(app, route);
    const listed = map(
      expression`$http_origin`,
      origin.slice(1),
      cors.origins.map((name) => [pattern`~^${name}\z`, name]),
    );
    const where = (name: string, value: string): Directive => map({ token: origin }, name.slice(1), [["", ""]], value);
    return [
      because(`origins that may read ${app.name} at ${route.path ?? "/"}`, listed),
      ...(cors.credentials ? [where(credentials, "true")] : []),
      ...(cors.exposeHeaders?.length ? [where(exposed, cors.exposeHeaders.join(", "))] : []),
    ];
  });
}

/** The headers by which a route says who may read its answers, and its answer to browsers that ask beforehand. */
export function corsDirectives(app: App, route: Route): Directive[] {
  const { cors } = route;
  if (!cors) return [];
  const { origin, credentials, exposed } = variables(app, route);
  const open = isOpen(cors);
  const say = (name: string, value: string | Expression): Directive => directive("add_header", name, value, "always");
  const exposing = cors.exposeHeaders?.length ? cors.exposeHeaders.join(", ") : undefined;
  return [
    say("Access-Control-Allow-Origin", open ? "*" : { token: origin }),
    ...(cors.credentials ? [say("Access-Control-Allow-Credentials", { token: credentials })] : []),
    ...(exposing === undefined ? [] : [say("Access-Control-Expose-Headers", open ? exposing : { token: exposed })]),
    ...(open ? [] : [say("Vary", "Origin")]),
    because(
      "browsers ask before they send what forms cannot",
      block(
        "if",
        [{ token: `($${preflight})` }],
        [
          say("Access-Control-Allow-Methods", allowedMethods(route, cors).join(", ")),
          ...(cors.requestHeaders?.length ? [say("Access-Control-Allow-Headers", cors.requestHeaders.join(", "))] : []),
          say("Access-Control-Max-Age", String(cors.maxAgeSeconds ?? 600)),
          directive("return", 204),
        ],
      ),
    ),
  ];
}

const isOpen = ({ origins }: Cors): boolean => origins.includes("*");

function allowedMethods(route: Route, cors: Cors): HttpMethod[] {
  return withHead(cors.methods ?? route.methods ?? [HttpMethod.Get, HttpMethod.Post]);
}

function variables(app: App, route: Route): { origin: string; credentials: string; exposed: string } {
  const key = routeKey(app, route);
  return { origin: `$cors_origin_${key}`, credentials: `$cors_credentials_${key}`, exposed: `$cors_exposed_${key}` };
}
