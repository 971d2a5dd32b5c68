import { isIP } from "node:net";
import { App } from "../../app/app";
import { Route } from "../../app/route/route";
import { domainFault } from "../../app/domain";
import { suggestion } from "../../app/nearest";
import { Problem } from "../../app/problem";
import { placedRoutes } from "../../app/route/domains";
import { Report } from "../../app/validation/report";
import { isWhole } from "../../app/validation/text";
import { Hop } from "../hop";

/** Web servers for which there is a snippet. */
export const WebServer = {
  /** nginx from 1.18 on. */
  Nginx: "nginx",
  /** Apache httpd from 2.4.47 on. */
  Apache: "apache",
  /** Internet Information Services with URL Rewrite 2 and Application Request Routing 3. */
  Iis: "iis",
  /** Caddy from 2.5 on. */
  Caddy: "caddy",
  /**
   * Tomcat from 10.1 on, with the servlet smiley-http-proxy-servlet, because Tomcat itself hands nothing on to others. It
   * knows no websockets, reads paths before it writes them anew, and lets no `%2F` through.
   */
  Tomcat: "tomcat",
} as const;
export type WebServer = (typeof WebServer)[keyof typeof WebServer];

/** A web server of somebody else that answers at a domain, and hands paths of it to the apps. */
export interface WebServerArgs {
  /** What it is. @example WebServer.Apache */
  kind: WebServer;
  /** The domains that lead to it; no records are made for them. Routes of apps say which of their paths are handed on. @example ["www.example.com"] */
  domains: string[];
  /** CIDRs that it connects from: what comes from there is believed about the client. @example ["198.51.100.7/32"] */
  addresses: string[];
  /**
   * Host name by which it connects to the host. IIS and Tomcat need one, a domain of another route: they check the
   * certificate against it.
   * @default the address of the host
   * @example "apps.example.com"
   */
  origin?: string;
  /** Seconds of silence after which it gives up. @default 60 */
  answerSeconds?: number;
  /** Largest request body that it may take, in MiB. @default as much as the routes @example 100 */
  maxBodyMiB?: number;
  /**
   * It hands on the challenges of certificate authorities (RFC 8555, http-01), so that the host has a certificate that it can
   * check. Without them what it sends is encrypted, but it cannot know to whom.
   * @default true
   */
  challenges?: boolean;
}

/**
 * Idle time after which web servers close a client's connection, in seconds: nginx's default. Caddy's is 300 s, but no hop in
 * front of it is known here.
 */
const clientIdleSeconds = 75;

/** How long the snippets keep an idle connection to the host, in seconds. */
export const keptSeconds = 60;

const usualAnswerSeconds = 60;

/** The web server as a hop in front of the host. */
export function webServerHop({ addresses, answerSeconds = usualAnswerSeconds, maxBodyMiB }: WebServerArgs): Hop {
  return {
    name: "the client's web server",
    addresses,
    idleSeconds: clientIdleSeconds,
    keepSeconds: keptSeconds,
    answerSeconds,
    ...(maxBodyMiB !== undefined && { maxBodyMiB }),
  };
}

/** Letters of paths that nginx, httpd and IIS read alike. */
const plainPath = /^\/[\w.~/-]*$/;

/** What is wrong with a web server in front. What is wrong with it as a hop is said of `front`. */
export function webServerProblems(server: WebServerArgs, apps: readonly App[]): Problem[] {
  const problems: Problem[] = [];
  const root = new Report("", problems);
  const report = root.in("webServer");
  const { kind, domains, origin } = server;
  const kinds: readonly string[] = Object.values(WebServer);
  const routes = placedRoutes(apps).map(({ route, place }) => ({ route, place: new Report(place, problems) }));
  const answered = [...new Set(routes.map(({ route }) => route.domain))];
  if (!kinds.includes(kind))
    report.in("kind").refuse(kind, "is none that there is a snippet for", suggestion(kind, kinds));
  if (!domains.length) report.in("domains").refuse(domains, "is empty", "give the domains that lead to it");
  domains.forEach((domain, index) => {
    if (answered.includes(domain)) return;
    const fix = answered.length ? suggestion(domain, answered) : "give a route to an app";
    report.in("domains", index).refuse(domain, "is the domain of no route", fix);
  });
  if (server.answerSeconds !== undefined && !isWhole(server.answerSeconds, 1, 86_400))
    report.in("answerSeconds").refuse(server.answerSeconds, "is no time to wait", "give seconds from 1 to 86400");
  checkOrigin(
    kind,
    origin,
    answered.filter((domain) => !domains.includes(domain)),
    report.in("origin"),
  );
  for (const { route, place } of routes) {
    const { domain, path = "/" } = route;
    if (!domains.includes(domain)) continue;
    if (route.pattern !== undefined)
      place
        .in("pattern")
        .refuse(
          route.pattern,
          "cannot be handed on by a web server of yours, which is told prefixes",
          "give a route with a path for each of its beginnings",
        );
    if (kind === WebServer.Tomcat && route.websocket)
      place
        .in("websocket")
        .refuse(true, "is nothing that Tomcat's servlet hands on", "leave it out, or use another web server");
    if (plainPath.test(path)) continue;
    place
      .in("path")
      .refuse(path, "has letters that web servers read differently", 'use letters, digits, ".", "_", "~" and "-"');
  }
  return problems;
}

/** Those that check a certificate against the name that they connect to, not against the one that they were asked for. */
const checksOrigin = (kind: WebServer): boolean => kind === WebServer.Iis || kind === WebServer.Tomcat;

function checkOrigin(kind: WebServer, origin: string | undefined, own: readonly string[], report: Report): void {
  if (origin === undefined) {
    if (checksOrigin(kind))
      report.refuseUnseen(
        `is missing: ${kind === WebServer.Iis ? "IIS" : "Tomcat"} checks the host's certificate against it`,
        "give the domain of another route",
      );
    return;
  }
  const fault = isIP(origin) ? { reason: "is an address", fix: "leave it out" } : domainFault(origin);
  if (fault) report.refuse(origin, fault.reason, fault.fix);
  else if (checksOrigin(kind) && !own.includes(origin))
    report.refuse(
      origin,
      "is the domain of no route of yours, so the host has no certificate for it",
      "give an app a route there",
    );
}

/** The routes that a domain's web server hands on, the shortest path first. */
export function handedOn(apps: readonly App[], domain: string): Route[] {
  return placedRoutes(apps)
    .map(({ route }) => route)
    .filter((route) => route.domain === domain)
    .sort((a, b) => (a.path ?? "/").length - (b.path ?? "/").length || ((a.path ?? "/") < (b.path ?? "/") ? -1 : 1));
}
