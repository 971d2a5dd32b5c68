import { App } from "../../app/app";
import { Route, ServeBy } from "../../app/route/route";
import { certificateFolder } from "../../app/paths";
import { Web } from "../../app/web";
import { Guest } from "../guest";
import { HopChain } from "../hops";
import { addressOf } from "../names";
import { NameWay, waysOf } from "../name-ways";
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
import { sendPlainTo, sendTo } from "./redirecting";
import { isReportAt, reportLocations } from "./report-location";
import { http2 } from "./tls";
import { listenBehindTlsFront } from "./tls-front";
import { because, block, Directive, directive } from "./tree";

/** One of the ways by which nginx is asked by a name, and what is said there. */
interface Asked {
  readonly way: NameWay;
  readonly guest: Guest;
  readonly web: Web;
  /** The routes that answer at the name. */
  readonly routes: readonly SiteRoute[];
}

/** Everything that nginx does for one name: routes answer there, or it leads to its domain, or an app answers by itself. */
export function site(
  name: string,
  routes: readonly SiteRoute[],
  hops: HopChain,
  guest: Guest,
  web: Web = {},
): Directive[] {
  return waysOf(name, hops).map((way) => {
    const asked = { way, guest, web, routes };
    return repeated(way.isSecure ? secureServer(asked) : plainServer(asked));
  });
}

const repeated = (server: Directive): Directive => repeatHeaders(repeatConditions(server));

/** What is said at a name, and what is so for all of its answers but those that send on to TLS. */
function answered({ way, routes, web }: Asked, more: readonly Directive[] = []): Directive[] {
  const { name, hops, sentTo } = way;
  const sent = sentTo === undefined ? [] : [block("location", ["/"], [sendTo(sentTo, hops)])];
  if (sentTo === name) return sent;
  return [
    ...securityHeaders(
      name,
      hops,
      routes.map(({ route }) => route),
    ),
    ...more,
    ...refuseUnproven(hops),
    refuseDotSegments(),
    ...(sentTo === undefined ? routeLocations(name, routes, hops, web) : sent),
  ];
}

/** Plain HTTP: the challenges of certificate authorities, and what else is said. */
function plainServer(asked: Asked): Directive {
  const { name, port, hops } = asked.way;
  return block(
    "server",
    [],
    [
      ...listen(port, hops),
      directive("server_name", name),
      ...domainLog(addressOf(hops, name).domain, asked.web.logs ?? {}),
      block(
        "location",
        ["^~", challengePath],
        [directive("root", acmeFolder), directive("default_type", "text/plain")],
      ),
      ...answered(asked),
    ],
  );
}

function secureServer(asked: Asked): Directive {
  const { guest, web, way } = asked;
  const { name, port, hops } = way;
  const { listen: words, server } = http2(guest);
  const behindFront = listenBehindTlsFront(hops);
  const { domain } = addressOf(hops, name);
  const folder = certificateFolder(domain);
  return block(
    "server",
    [],
    [
      ...(behindFront ?? [...listen(port, hops, "ssl", ...words), ...server]),
      directive("server_name", name),
      ...domainLog(domain, web.logs ?? {}),
      ...(behindFront
        ? []
        : [
            directive("ssl_certificate", `${folder}/fullchain.pem`),
            directive("ssl_certificate_key", `${folder}/privkey.pem`),
          ]),
      ...answered(asked, behindFront ? [] : [because("plain HTTP on the port for TLS", sendPlainTo(name, hops))]),
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
