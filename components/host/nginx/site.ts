import { App } from "../../app/app";
import { Route, ServeBy } from "../../app/route/route";
import { PlainHttp } from "../../app/domain-settings";
import { certificateFolder } from "../../app/paths";
import { Web } from "../../app/web";
import { Guest } from "../guest";
import { HopChain } from "../hops";
import { addressOf, byPlainHttp } from "../names";
import { SiteRoute } from "../site-route";
import { acmeFolder, challengePath } from "../tls/challenge";
import { securityHeaders } from "./answer-headers";
import { expression, verbatim } from "./expression";
import { filesFirstLocations, filesLocation } from "./files-location";
import { repeatConditions, repeatHeaders } from "./inherit";
import { listen } from "./listen";
import { domainLog } from "./log";
import { ownAnswers } from "./own-answers";
import { isRoot, Place, placeAmong } from "./place";
import { refuseUnproven } from "./proof";
import { proxyLocation, refuseDotSegments } from "./proxy-location";
import { leadsTo, sendPlainTo, sendTo } from "./redirecting";
import { isReportAt, reportLocations } from "./report-location";
import { http2 } from "./tls";
import { listenBehindTlsFront } from "./tls-front";
import { because, block, Directive, directive } from "./tree";

/** A name, and what is said at it. */
interface Named {
  readonly name: string;
  readonly hops: HopChain;
  readonly guest: Guest;
  readonly web: Web;
  /** The routes that answer there. */
  readonly routes: readonly Route[];
  /** What is said by a chain of hops, which may be one without TLS. */
  readonly answers: (hops: HopChain) => Directive[];
}

/** Everything that nginx does for one name at which routes answer. */
export function site(
  name: string,
  routes: readonly SiteRoute[],
  hops: HopChain,
  guest: Guest,
  web: Web = {},
): Directive[] {
  const answers = (seen: HopChain): Directive[] => routeLocations(name, routes, seen, web);
  const named = { name, hops, guest, web, routes: routes.map(({ route }) => route), answers };
  return servers(named, byPlainHttp(hops, name));
}

/**
 * What nginx does for a name that only leads to its domain: first to TLS by the same name, as browsers learn of HSTS by no
 * other (MDN HTTP Observatory, "Redirection").
 */
export function leadingSite(name: string, hops: HopChain, guest: Guest, web: Web = {}): Directive[] {
  const { domain } = addressOf(hops, name);
  const answers = (seen: HopChain): Directive[] => [block("location", ["/"], [leadsTo(name, seen)])];
  return servers({ name, hops, guest, web, routes: [], answers }, byPlainHttp(byPlainHttp(hops, name), domain));
}

/** The servers of a name: by plain HTTP, by TLS, or both. `plain`: the hops as they are without TLS. */
function servers(named: Named, plain: HopChain): Directive[] {
  const { name, hops } = named;
  const { http } = addressOf(hops, name);
  return [
    http === PlainHttp.Redirect
      ? plainServer(named, [block("location", ["/"], [sendTo(name, hops)])])
      : repeated(plainServer(named, answered(named, plain))),
    ...(http === PlainHttp.Only ? [] : [repeated(secureServer(named))]),
  ];
}

const repeated = (server: Directive): Directive => repeatHeaders(repeatConditions(server));

/** What is so for all answers of a name but those that send on to TLS. */
function answered({ name, routes, answers }: Named, hops: HopChain, more: readonly Directive[] = []): Directive[] {
  return [
    ...securityHeaders(name, hops, routes),
    ...more,
    ...refuseUnproven(hops),
    refuseDotSegments(),
    ...answers(hops),
  ];
}

/** Plain HTTP: the challenges of certificate authorities, and what else is said. */
function plainServer({ name, hops, web }: Named, answers: readonly Directive[]): Directive {
  const { domain, httpPort } = addressOf(hops, name);
  return block(
    "server",
    [],
    [
      ...listen(httpPort, hops),
      directive("server_name", name),
      ...domainLog(domain, web.logs ?? {}),
      block(
        "location",
        ["^~", challengePath],
        [directive("root", acmeFolder), directive("default_type", "text/plain")],
      ),
      ...answers,
    ],
  );
}

function secureServer(named: Named): Directive {
  const { name, hops, guest, web } = named;
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
      ...domainLog(domain, web.logs ?? {}),
      ...(behindFront
        ? []
        : [
            directive("ssl_certificate", `${folder}/fullchain.pem`),
            directive("ssl_certificate_key", `${folder}/privkey.pem`),
          ]),
      ...answered(named, hops, behindFront ? [] : [because("plain HTTP on the port for TLS", sendPlainTo(name, hops))]),
    ],
  );
}

/** The routes of a name; what belongs to none of them is not there. */
function routeLocations(name: string, routes: readonly SiteRoute[], hops: HopChain, web: Web): Directive[] {
  const place = placeAmong(routes.map(({ route }) => route));
  const report = web.logs?.report;
  const hasRoot = routes.some(({ route }) => isRoot(route)) || isReportAt(name, "/", report);
  return [
    ...barePrefixes(routes),
    ...reportLocations(name, report),
    ...routes.flatMap(({ app, route }) => locations(app, route, hops, place(route))),
    ...(hasRoot ? [] : [block("location", ["/"], [directive("return", 404)])]),
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
