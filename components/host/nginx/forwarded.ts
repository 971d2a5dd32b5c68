import { Route } from "../../app/route/route";
import { removedHeaders as removed } from "../web-server/removed-headers";
import { authority, believed, HopChain, proofHeaders, publicPort, publicScheme, speaksProxyProtocol } from "../hops";
import { clientAddress } from "./client-address";
import { expression } from "./expression";
import { map } from "./map";
import { clientOfTlsFront } from "./tls-front";
import { Argument, Directive, directive } from "./tree";

/**
 * What an app is told about the client and about where it is mounted. nginx inherits `proxy_set_header` only where a
 * location has none of its own, so every proxied location carries the whole set.
 */
export function requestHeaders(route: Route, hops: HopChain): Directive[] {
  const host = authority(hops, route.domain);
  const scheme = publicScheme(hops, route.domain);
  const set = (name: string, value: Argument): Directive => directive("proxy_set_header", name, value);
  return [
    set("Host", host),
    // An empty Connection keeps the connection to the app open.
    set("Connection", route.websocket ? expression`$connection_upgrade` : ""),
    set("Upgrade", route.websocket ? expression`$websocket_upgrade` : ""),
    set("X-Real-IP", clientAddress(hops)),
    // What is before this hop was settled already, so the list starts with the client.
    set("X-Forwarded-For", clientAddress(hops)),
    set("X-Forwarded-Proto", scheme),
    set("X-Forwarded-Host", host),
    set("X-Forwarded-Port", publicPort(hops, route.domain)),
    set("X-Forwarded-Prefix", route.stripPrefix ? (route.path ?? "/").replace(/\/$/, "") : ""),
    set("X-Scheme", scheme),
    set("X-Request-URI", expression`$request_uri`),
    set("X-Request-ID", expression`$request_id`),
    directive("include", removedHeadersFile),
  ];
}

/** Part of every proxied location, relative to nginx's folder. */
export const removedHeadersFile = "removed-headers.conf";

/** The headers that no client may set, and those by which hops prove themselves: no app is to know a proof. */
export function removedHeaders(hops: HopChain): Directive[] {
  return [...removed, ...proofHeaders(hops)].map((name) => directive("proxy_set_header", name, ""));
}

/** Maps on which `requestHeaders` relies. Only websockets may be upgraded to: h2c would slip requests past nginx. */
export function upgradeMaps(): Directive[] {
  return [
    map(expression`$http_upgrade`, "websocket_upgrade", [["websocket", "websocket"]]),
    map(expression`$http_upgrade`, "connection_upgrade", [["websocket", "upgrade"]]),
  ];
}

/**
 * The client as the hops in front of nginx name it: the last address of the list that is none of theirs, or the one that
 * the connection began with.
 */
export function realClient(hops: HopChain): Directive[] {
  if (hops.tlsFrontPort !== undefined) return clientOfTlsFront();
  const addresses = believed(hops);
  if (addresses.length === 0) return [];
  return [
    ...addresses.map((cidr) => directive("set_real_ip_from", cidr)),
    directive("real_ip_header", speaksProxyProtocol(hops) ? "proxy_protocol" : "X-Forwarded-For"),
    directive("real_ip_recursive", "on"),
  ];
}
