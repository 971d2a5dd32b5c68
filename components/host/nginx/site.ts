import { App, Route, ServeBy } from "../../app/app";
import { PlainHttp } from "../../app/domain-settings";
import { certificateFolder } from "../../app/paths";
import { Guest } from "../guest";
import { HopChain } from "../hops";
import { addressOf, byPlainHttp } from "../names";
import { securityHeaders } from "./answer-headers";
import { expression, verbatim } from "./expression";
import { filesFirstLocations, filesLocation } from "./files-location";
import { repeatHeaders } from "./inherit";
import { listen } from "./listen";
import { ownAnswers } from "./own-answers";
import { isRoot, Place, placeAmong } from "./place";
import { refuseUnproven } from "./proof";
import { proxyLocation, refuseDotSegments } from "./proxy-location";
import { leadsTo, sendPlainTo, sendTo } from "./redirecting";
import { http2 } from "./tls";
import { listenBehindTlsFront } from "./tls-front";
import { because, block, Directive, directive } from "./tree";

/** Folder from which challenges of certificate authorities are answered (RFC 8555, http-01). */
export const acmeFolder = "/var/lib/landfall/acme";

/** A route, and the app that answers it. */
export interface SiteRoute {
  readonly app: App;
  readonly route: Route;
}

/** Everything that nginx does for one name at which routes answer. */
export function site(name: string, routes: readonly SiteRoute[], hops: HopChain, guest: Guest): Directive[] {
  const answers = (seen: HopChain): Directive[] => routeLocations(routes, seen);
  return servers(name, hops, guest, answers, (seen) => [sendTo(name, seen)]);
}

/**
 * What nginx does for a name that only leads to its domain: first to TLS by the same name, as browsers learn of HSTS by no
 * other (MDN HTTP Observatory, "Redirection").
 */
export function leadingSite(name: string, hops: HopChain, guest: Guest): Directive[] {
  const { domain } = addressOf(hops, name);
  const leads = (seen: HopChain): Directive[] => [block("location", ["/"], [leadsTo(name, seen)])];
  return servers(name, hops, guest, leads, (seen) => [sendTo(name, seen)], domain);
}

/** The servers of a name: by plain HTTP, by TLS, or both. */
function servers(
  name: string,
  hops: HopChain,
  guest: Guest,
  answers: (hops: HopChain) => Directive[],
  toTls: (hops: HopChain) => Directive[],
  domain?: string,
): Directive[] {
  const { http } = addressOf(hops, name);
  const plain = domain === undefined ? byPlainHttp(hops, name) : byPlainHttp(byPlainHttp(hops, name), domain);
  return [
    http === PlainHttp.Redirect
      ? plainServer(name, hops, [block("location", ["/"], toTls(hops))])
      : repeatHeaders(plainServer(name, hops, answered(name, plain, answers))),
    ...(http === PlainHttp.Only ? [] : [repeatHeaders(secureServer(name, hops, guest, answers))]),
  ];
}

/** What is so for all answers of a name but those that send on to TLS. */
function answered(name: string, hops: HopChain, answers: (hops: HopChain) => Directive[]): Directive[] {
  return [...securityHeaders(name, hops), ...refuseUnproven(hops), refuseDotSegments(), ...answers(hops)];
}

/** Plain HTTP: the challenges of certificate authorities, and what else is said. */
function plainServer(name: string, hops: HopChain, answers: readonly Directive[]): Directive {
  return block(
    "server",
    [],
    [
      ...listen(addressOf(hops, name).httpPort, hops),
      directive("server_name", name),
      block(
        "location",
        ["^~", "/.well-known/acme-challenge/"],
        [directive("root", acmeFolder), directive("default_type", "text/plain")],
      ),
      ...answers,
    ],
  );
}

function secureServer(name: string, hops: HopChain, guest: Guest, answers: (hops: HopChain) => Directive[]): Directive {
  const { listen: words, server } = http2(guest);
  const behindFront = listenBehindTlsFront(hops);
  const { domain, httpsPort } = addressOf(hops, name);
  const folder = certificateFolder(domain);
  return block(
    "server",
    [],
    [
      ...(behindFront ?? [...listen(httpsPort, hops, "ssl", ...words), ...server]),
      directive("server_name", name),
      ...(behindFront
        ? []
        : [
            directive("ssl_certificate", `${folder}/fullchain.pem`),
            directive("ssl_certificate_key", `${folder}/privkey.pem`),
          ]),
      ...securityHeaders(name, hops),
      ...(behindFront ? [] : [because("plain HTTP on the port for TLS", sendPlainTo(name, hops))]),
      ...refuseUnproven(hops),
      refuseDotSegments(),
      ...answers(hops),
    ],
  );
}

/** The routes of a name; what belongs to none of them is not there. */
function routeLocations(routes: readonly SiteRoute[], hops: HopChain): Directive[] {
  const place = placeAmong(routes.map(({ route }) => route));
  return [
    ...barePrefixes(routes),
    ...routes.flatMap(({ app, route }) => locations(app, route, hops, place(route))),
    ...(routes.some(({ route }) => isRoot(route)) ? [] : [block("location", ["/"], [directive("return", 404)])]),
    ...ownAnswers(
      routes.filter(({ route }) => route.serve !== ServeBy.Files).map(({ route }) => route),
      hops,
    ),
  ];
}

function locations(app: App, route: Route, hops: HopChain, place: Place): Directive[] {
  switch (route.serve) {
    case ServeBy.Files:
      return [filesLocation(app, route, place)];
    case ServeBy.FilesFirst:
      return filesFirstLocations(app, route, hops, place);
    default:
      return [proxyLocation(app, route, hops, place)];
  }
}

/** `/app` is `/app/`: relative links of its pages need the slash. Relative, so that it holds on any public port. */
function barePrefixes(routes: readonly SiteRoute[]): Directive[] {
  return routes
    .filter(({ route }) => route.pattern === undefined && !isRoot(route))
    .map(({ route: { path = "/" } }) =>
      block(
        "location",
        ["=", verbatim(path.slice(0, -1))],
        [directive("return", 308, expression`${path}$is_args$args`)],
      ),
    );
}
