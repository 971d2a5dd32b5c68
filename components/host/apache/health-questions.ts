import { App } from "../../app/app";
import { healthAskers, HopChain, healthPath } from "../hops";
import { healthAnswerSeconds, ownQuestion } from "../plan-health";
import { onlyClients } from "./client-address";
import { uncheckedServer } from "./servers-tls";
import { apache, ApacheDirective, noted, section } from "./tree";

/**
 * Whether httpd goes by the Host of each request where TLS was begun by no name, as a load balancer does; by itself it does so only
 * for hosts that have the certificate that was shown.
 */
export function namelessTls(hops: HopChain): ApacheDirective[] {
  if (healthAskers(hops).length === 0) return [];
  return [noted("a balancer names nobody when it begins TLS", apache("SSLVHostSNIPolicy", "authonly"))];
}

/** Where a load balancer asks for the health of apps: under the host's address, so that httpd asks itself by the app's name. */
export function healthQuestions(apps: readonly App[], hops: HopChain): ApacheDirective[] {
  const sorted = [...apps].sort((a, b) => (a.name < b.name ? -1 : 1));
  return [
    apache("SSLProxyEngine", "On"),
    ...uncheckedServer,
    apache("ProxyPreserveHost", "On"),
    ...sorted.flatMap((app) => question(app, hops)),
  ];
}

function question(app: App, hops: HopChain): ApacheDirective[] {
  const { scheme, authority, host, path } = ownQuestion(app, hops);
  const place = healthPath(app.name);
  return [
    apache(
      "ProxyPass",
      place,
      `${scheme}://${authority}${path}`,
      ...["nocanon", "disablereuse=On", "retry=0"],
      ...[`connectiontimeout=${healthAnswerSeconds}`, `timeout=${healthAnswerSeconds}`],
    ),
    section("Location", [place], [apache("RequestHeader", "set", "Host", host), onlyClients(healthAskers(hops), hops)]),
  ];
}
