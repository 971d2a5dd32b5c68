import { App } from "../../app/app";
import { Web } from "../../app/web";
import { Guest } from "../guest";
import { HopChain, goesOn, longestSilenceSeconds, longSeconds, readTimeoutSeconds } from "../hops";
import { TlsPort } from "../name-ways";
import { securityHeaders } from "./answers";
import { appBackend } from "./app-backend";
import { isDirect } from "./direct";
import { frontendName } from "./frontends";
import { defaultsSection, globalSection } from "./global";
import { limitTables } from "./limits";
import { readRequest } from "./requests";
import { findRoute, handOver, routesByBackend } from "./select-route";
import { routesByDomain, SiteRoute } from "../site-route";
import { siteRoutes } from "./site-routes";
import { bindTls } from "./tls";
import { HaproxySection, line, section } from "./tree";

/** How much longer than nginx it waits, so that it is nginx that gives up and says why. */
const marginSeconds = 60;

/**
 * HAProxy in front of nginx: TLS ends here. Without `direct` it hands on connections; with it, it reads requests, and those for
 * these paths go to their app.
 *
 * @param ports where TLS begins
 */
export function frontSections(
  apps: readonly App[],
  direct: readonly string[],
  port: number,
  hops: HopChain,
  guest: Guest,
  web: Web,
  ports: readonly TlsPort[],
): HaproxySection[] {
  const all = siteRoutes(apps);
  const routes = all.map(({ route }) => route);
  const straight = all.filter(({ route }) => isDirect(route, direct));
  const concerned = straight.length === 0 ? [] : [...routesByDomain(apps).values()].flat().filter(mayBeAmong(straight));
  const nginx = line("server", "nginx", `127.0.0.1:${port}`, "send-proxy-v2");
  if (straight.length === 0) {
    const silence = `${longestSilenceSeconds(routes, hops, web) + marginSeconds}s`;
    return [
      globalSection(routes, hops, guest),
      defaultsSection("tcp", hops),
      ...ports.map(({ port: at }) =>
        section(frontend(at), [
          ...bindTls(guest, "http/1.1", at),
          line("timeout", "client", silence),
          line("option", "tcplog"),
          line("default_backend", "nginx"),
        ]),
      ),
      section(["backend", "nginx"], [line("timeout", "server", silence), nginx]),
    ];
  }
  const sockets = routes.filter(goesOn).map(longSeconds);
  const answers = routes.filter((route) => !goesOn(route)).map((route) => readTimeoutSeconds(route, hops));
  return [
    globalSection(routes, hops, guest),
    defaultsSection("http", hops, web),
    ...ports.map(({ port: at, names }) => {
      const isHere = ({ route: { domain } }: SiteRoute): boolean => names.includes(domain);
      return section(frontend(at), [
        ...bindTls(guest, "h2,http/1.1", at),
        ...readRequest(hops, "https", at),
        ...findRoute(concerned.filter(isHere)),
        ...handOver(straight.filter(isHere)),
        line("default_backend", "nginx"),
      ]);
    }),
    section(
      ["backend", "nginx"],
      [
        line("timeout", "server", `${Math.max(55, ...answers) + marginSeconds}s`),
        ...(sockets.length ? [line("timeout", "tunnel", `${Math.max(...sockets) + marginSeconds}s`)] : []),
        nginx,
      ],
    ),
    ...limitTables(straight),
    ...routesByBackend(straight).map((own) => {
      const domains = [...new Set(own.map(({ route }) => route.domain))];
      return appBackend(own, hops, web, securityHeaders(domains, hops, own));
    }),
  ];
}

const frontend = (port: number): string[] => ["frontend", frontendName(port, "https")];

/** Whether a route may take what begins as one of these: a pattern, or a prefix that is no shorter. */
const mayBeAmong =
  (routes: readonly SiteRoute[]) =>
  ({ route: { domain, path = "/", pattern } }: SiteRoute): boolean =>
    routes.some(
      ({ route }) => route.domain === domain && (pattern !== undefined || path.startsWith(route.path ?? "/")),
    );
