import { App } from "../../app/app";
import { healthAskers, HopChain, healthPath, publicScheme } from "../hops";
import { healthAnswerSeconds, ownQuestion } from "../plan-health";
import { securityHeaders } from "./answer-headers";
import { expression } from "./expression";
import { Argument, block, Directive, directive } from "./tree";

/** Where a load balancer asks for the health of an app. It sends the host's address as Host, which is no name of ours. */
export function healthLocation(app: App, hops: HopChain): Directive {
  const { scheme, authority, host, path } = ownQuestion(app, hops);
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
      directive("proxy_pass", expression`${scheme}://${authority}${path}`),
      ...headers.map(([name, value]) => directive("proxy_set_header", name, value)),
      directive("proxy_ssl_server_name", "on"),
      directive("proxy_ssl_name", host),
      directive("proxy_read_timeout", `${healthAnswerSeconds}s`),
      ...securityHeaders(host, hops),
    ],
  );
}
