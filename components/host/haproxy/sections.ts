import { App } from "../../app/app";
import { Web } from "../../app/web";
import { Guest } from "../guest";
import { believed, HopChain } from "../hops";
import { usualPorts } from "../names";
import { SiteRoute } from "../site-route";
import { securityHeaders } from "./answers";
import { appBackend } from "./app-backend";
import { challengeBackend, isChallenge, toChallenges } from "./challenges";
import { format } from "./expression";
import { defaultsSection, globalSection } from "./global";
import { limitTables } from "./limits";
import { readRequest } from "./requests";
import { barePrefixes, selectRoute } from "./select-route";
import { siteRoutes } from "./site-routes";
import { bind, bindTls, proxyProtocol } from "./tls";
import { because, HaproxyLine, HaproxySection, line, section } from "./tree";

/** What is said to HAProxy where it is the whole web server of a host. */
export function webServerSections(apps: readonly App[], hops: HopChain, guest: Guest, web: Web = {}): HaproxySection[] {
  const routes = siteRoutes(apps);
  const domains = [...new Set(routes.map(({ route }) => route.domain))];
  return [
    globalSection(
      routes.map(({ route }) => route),
      hops,
      guest,
    ),
    defaultsSection("http", hops, web),
    plainFrontend(domains, hops),
    secureFrontend(domains, routes, hops, guest),
    challengeBackend(),
    because(
      "a domain of ours where no route begins",
      section(["backend", "nothing"], [line("http-request", "deny", "deny_status", 404)]),
    ),
    ...limitTables(routes),
    ...appsOf(routes).map((app) =>
      appBackend(
        app,
        routes.filter((one) => one.app === app),
        hops,
      ),
    ),
  ];
}

/** The apps of routes, each once. */
export const appsOf = (routes: readonly SiteRoute[]): App[] => [...new Set(routes.map(({ app }) => app))];

/** One line for each name, of which any will do. */
const ours = (domains: readonly string[]): HaproxyLine[] =>
  domains.map((domain) => line("acl", "ours", "var(txn.host)", "-m", "str", domain));

/** Plain HTTP: only the challenges of certificate authorities, everything else is sent to TLS. */
function plainFrontend(domains: readonly string[], hops: HopChain): HaproxySection {
  const port = hops.publicHttpsPort === 443 ? "" : `:${hops.publicHttpsPort}`;
  return section(
    ["frontend", "http"],
    [
      ...bind(usualPorts.http),
      ...proxyProtocol(hops, believed(hops)),
      line("http-request", "set-var(txn.host)", "req.hdr(host),field(1,:),lower"),
      ...ours(domains),
      because("a name that is not ours: the connection is closed", line("http-request", "reject", "unless", "ours")),
      line(
        ...["http-request", "redirect", "code", 308, "location", format`https://%[var(txn.host)]${port}%[pathq]`],
        ...["unless", ...isChallenge],
      ),
      toChallenges,
    ],
  );
}

function secureFrontend(
  domains: readonly string[],
  routes: readonly SiteRoute[],
  hops: HopChain,
  guest: Guest,
): HaproxySection {
  return section(
    ["frontend", "https"],
    [
      ...bindTls(guest, "h2,http/1.1"),
      ...proxyProtocol(hops, believed(hops)),
      ...readRequest(hops),
      ...ours(domains),
      because(
        "HTTP/2 clients may send requests for other names over a connection they have",
        line("http-request", "deny", "deny_status", 421, "unless", "ours"),
      ),
      ...barePrefixes(routes),
      ...selectRoute(routes),
      line("default_backend", "nothing"),
      ...securityHeaders(domains, hops, routes),
    ],
  );
}
