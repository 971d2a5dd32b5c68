import { corsHeaderNames, exposedHeaders, isOpen, preflightHeaders } from "../cors-headers";
import { SiteRoute } from "../site-route";
import { flags, isMine, ofRoute, placeOf } from "./route";
import { literalFormat } from "./text";
import { apache, ApacheDirective, noted } from "./tree";

/** Variable that is set while a browser asks if it may ask (Fetch standard, "CORS-preflight request"). */
const preflightVariable = "landfall_preflight";

/** Variable with the origin that may read the answer, as the route names it, never as the client wrote it. */
const originVariable = "landfall_origin";

/** Finds out who asks, and answers browsers that ask beforehand. An OPTIONS of its own goes to the app. */
export function answerOrigins(routes: readonly SiteRoute[]): ApacheDirective[] {
  const said = routes.filter(({ route }) => route.cors);
  if (said.length === 0) return [];
  return [
    noted("browsers ask before they send what forms cannot", apache("RewriteCond", "%{REQUEST_METHOD}", "=OPTIONS")),
    // Without NV the answer would vary by the header.
    apache("RewriteCond", "%{HTTP:Origin}", "!^$", "[NV]"),
    apache("RewriteCond", "%{HTTP:Access-Control-Request-Method}", "!^$", "[NV]"),
    apache("RewriteRule", "^", "-", flags([`E=${preflightVariable}:1`])),
    ...said.flatMap((of) => [...listedOrigins(of), ...answerBeforehand(of)]),
  ];
}

function listedOrigins(of: SiteRoute): ApacheDirective[] {
  const { cors } = of.route;
  if (!cors || isOpen(cors)) return [];
  return cors.origins.flatMap((listed) => [
    ofRoute(of),
    apache("RewriteCond", "%{HTTP:Origin}", `=${listed}`, "[NV]"),
    apache("RewriteRule", "^", "-", flags([`E=${originVariable}:${listed}`])),
  ]);
}

function answerBeforehand(of: SiteRoute): ApacheDirective[] {
  return [
    ofRoute(of),
    apache("RewriteCond", `%{ENV:${preflightVariable}}`, "=1"),
    apache("RewriteRule", placeOf(of), "-", "[R=204,L]"),
  ];
}

/** The headers by which a route says who may read its answers. The app's own are not passed on. */
export function corsHeaders(of: SiteRoute): ApacheDirective[] {
  const { cors } = of.route;
  if (!cors) return [];
  const mine = isMine(of);
  const open = isOpen(cors);
  const readable = open ? mine : `${mine} && -n %{reqenv:${originVariable}}`;
  const exposed = exposedHeaders(cors);
  const say = (name: string, value: string, where: string): ApacheDirective =>
    apache("Header", "always", "set", name, value, `expr=${where}`);
  return [
    ...corsHeaderNames.map((name) => apache("Header", "unset", name, `expr=${mine}`)),
    say("Access-Control-Allow-Origin", open ? "*" : `%{${originVariable}}e`, readable),
    ...(cors.credentials ? [say("Access-Control-Allow-Credentials", "true", readable)] : []),
    ...(exposed === undefined ? [] : [say("Access-Control-Expose-Headers", literalFormat(exposed), readable)]),
    ...(open ? [] : [apache("Header", "always", "merge", "Vary", "Origin", `expr=${mine}`)]),
    ...preflightHeaders(of.route, cors).map(({ name, value }) =>
      say(name, literalFormat(value), `${mine} && -n %{reqenv:${preflightVariable}}`),
    ),
  ];
}
