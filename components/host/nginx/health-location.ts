import { App } from "../../app/app";
import { healthAskers, HopChain, healthPath, publicScheme } from "../hops";
import { usualPorts } from "../names";
import { appHealth } from "../plan-health";
import { securityHeaders } from "./answer-headers";
import { expression } from "./expression";
import { Argument, block, Directive, directive } from "./tree";

/** Longest silence before nginx says that an app is not well, in seconds: below the 5 s for which the balancer waits. */
const answerSeconds = 4;

/**
 * Where a load balancer asks for the health of an app. It sends the host's address as Host, which is no name of ours, so the
 * question is passed on as the app's own health check: by its name, through TLS and all that stands before the app.
 */
export function healthLocation(app: App, hops: HopChain): Directive {
  const { host, path } = appHealth(app, hops)!; // apps without a route are not part of nginx
  const headers: [string, Argument][] = [
    ["Host", host],
    ["X-Real-IP", expression`$remote_addr`],
    ["X-Forwarded-For", expression`$remote_addr`],
    ["X-Forwarded-Proto", publicScheme(hops, host)],
  ];
  return block(
    "location",
    ["=", healthPath(app.name)],
    [
      ...healthAskers(hops).map((cidr) => directive("allow", cidr)),
      directive("deny", "all"),
      directive("proxy_pass", expression`https://127.0.0.1:${usualPorts.https}${path}`),
      ...headers.map(([name, value]) => directive("proxy_set_header", name, value)),
      directive("proxy_ssl_server_name", "on"),
      directive("proxy_ssl_name", host),
      directive("proxy_read_timeout", `${answerSeconds}s`),
      ...securityHeaders(host, hops),
    ],
  );
}
