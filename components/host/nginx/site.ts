import { App, Route, ServeBy } from "../../app/app";
import { certificateFolder } from "../../app/paths";
import { Web } from "../../app/web";
import { Guest } from "../guest";
import { authority, HopChain, publicScheme } from "../hops";
import { securityHeaders } from "./answer-headers";
import { expression, verbatim } from "./expression";
import { filesFirstLocations, filesLocation } from "./files-location";
import { repeatConditions, repeatHeaders } from "./inherit";
import { listen, webPorts } from "./listen";
import { domainLog } from "./log";
import { ownAnswers } from "./own-answers";
import { isRoot, Place, placeAmong } from "./place";
import { refuseUnproven } from "./proof";
import { proxyLocation, refuseDotSegments } from "./proxy-location";
import { isReportAt, reportLocations } from "./report-location";
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

/** Everything that nginx does for one domain. */
export function site(
  domain: string,
  routes: readonly SiteRoute[],
  hops: HopChain,
  guest: Guest,
  web: Web = {},
): Directive[] {
  const secure = secureServer(domain, routes, hops, guest, web);
  return [redirectServer(domain, hops, web), repeatHeaders(repeatConditions(secure))];
}

/** Plain HTTP: only the challenges of certificate authorities, everything else is sent to TLS. */
function redirectServer(domain: string, hops: HopChain, web: Web): Directive {
  return block(
    "server",
    [],
    [
      ...listen(webPorts.http, hops),
      directive("server_name", domain),
      ...domainLog(domain, web.logs ?? {}),
      block(
        "location",
        ["^~", "/.well-known/acme-challenge/"],
        [directive("root", acmeFolder), directive("default_type", "text/plain")],
      ),
      block("location", ["/"], [toTls(308, domain, hops, "return")]),
    ],
  );
}

/** 308, not 301: browsers make a GET of a POST that meets a 301, and what was sent is lost. */
function toTls(status: 308, domain: string, hops: HopChain, how: "return" | "error_page"): Directive {
  const target = expression`${publicScheme}://${authority(hops, domain)}$request_uri`;
  return how === "return" ? directive("return", status, target) : directive("error_page", 497, `=${status}`, target);
}

function secureServer(domain: string, routes: readonly SiteRoute[], hops: HopChain, guest: Guest, web: Web): Directive {
  const { listen: words, server } = http2(guest);
  const behindFront = listenBehindTlsFront(hops);
  const place = placeAmong(routes.map(({ route }) => route));
  const hasRoot = routes.some(({ route }) => isRoot(route)) || isReportAt(domain, "/", web.logs?.report);
  return block(
    "server",
    [],
    [
      ...(behindFront ?? [...listen(webPorts.https, hops, "ssl", ...words), ...server]),
      directive("server_name", domain),
      ...domainLog(domain, web.logs ?? {}),
      ...(behindFront
        ? []
        : [
            directive("ssl_certificate", `${certificateFolder(domain)}/fullchain.pem`),
            directive("ssl_certificate_key", `${certificateFolder(domain)}/privkey.pem`),
          ]),
      ...securityHeaders(
        domain,
        hops,
        routes.map(({ route }) => route),
      ),
      ...(behindFront ? [] : [because("plain HTTP on the port for TLS", toTls(308, domain, hops, "error_page"))]),
      ...refuseUnproven(hops),
      refuseDotSegments(),
      ...barePrefixes(routes),
      ...reportLocations(domain, web.logs?.report),
      ...routes.flatMap(({ app, route }) => locations(app, route, hops, place(route))),
      ...(hasRoot ? [] : [block("location", ["/"], [directive("return", 404)])]),
      ...ownAnswers(
        routes.filter(({ route }) => route.serve !== ServeBy.Files).map(({ route }) => route),
        hops,
      ),
    ],
  );
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
