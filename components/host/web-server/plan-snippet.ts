import { isIPv6 } from "node:net";
import { App } from "../../app/app";
import { Route } from "../../app/route/route";
import { directHops, goesOn, HopChain, longSeconds, maxBodyMiB } from "../hops";
import { handedOn, WebServer, WebServerArgs, webServerHop } from "./web-server";

/** One path that is handed on to the host. */
export interface HandedPath {
  /** With a slash at both ends. */
  path: string;
  websocket: boolean;
  /** Seconds of silence of the host after which an error is answered. */
  answerSeconds: number;
  bodyMiB: number;
}

/** What the web server of a domain hands on, and where to. */
export interface SnippetPlan {
  domain: string;
  /** Host name or address of the host, as a URL has it. */
  host: string;
  /** Whether challenges of certificate authorities are handed on, and the host's certificate is checked. */
  challenges: boolean;
  paths: HandedPath[];
}

/**
 * What is handed on at a domain. Paths stay as the client wrote them: what is stripped for an app is stripped by the host.
 *
 * @param host where the web server connects to
 */
export function planSnippet(server: WebServerArgs, apps: readonly App[], domain: string, host: string): SnippetPlan {
  const hop = webServerHop(server);
  const hops: HopChain = { ...directHops, front: [hop] };
  const planned = (route: Route): HandedPath => ({
    path: route.path ?? "/",
    websocket: route.websocket ?? false,
    answerSeconds: goesOn(route) ? longSeconds(route) : hop.answerSeconds,
    bodyMiB: maxBodyMiB(route, hops),
  });
  return {
    domain,
    host: server.origin ?? (isIPv6(host) ? `[${host}]` : host),
    challenges: server.challenges ?? true,
    paths: handedOn(apps, domain).map(planned),
  };
}

/** Where each kind of web server takes the snippet. */
export const snippetPlace: Readonly<Record<WebServer, string>> = {
  nginx: "inside the `server` blocks of the domain (nginx 1.18 or newer), then `nginx -t`",
  apache:
    "inside the `<VirtualHost>` sections of the domain (httpd 2.4.47 or newer), with `a2enmod headers proxy proxy_http ssl`, " +
    "then `apachectl configtest`",
  iis: "as `web.config` of the domain's site, or merged into it (URL Rewrite 2, Application Request Routing 3)",
  caddy:
    "inside the site block of the domain (Caddy 2.5 or newer), then `caddy validate --config /etc/caddy/Caddyfile`",
  tomcat:
    "as `WEB-INF/web.xml` of the application at the domain's root, or merged into it (Tomcat 10.1 or newer), with the jars " +
    "that its comment names",
};
