import { App } from "../../app/app";
import { Route } from "../../app/route/route";
import { BalanceMethod } from "../../app/balance";
import { Place, places, serverConnectSeconds, Sharing, sharing, stayCookie, stayCookiePath } from "../places";
import { authoritiesOf } from "../tls/authorities";
import { ownAuthorities } from "./authorities";
import { pattern, replacement } from "./expression";
import { HaproxyLine, line } from "./tree";

const methods: Readonly<Record<BalanceMethod, string>> = {
  "round-robin": "roundrobin",
  "least-connections": "leastconn",
  "client-address": "source",
};

/** How often a server is asked whether it is there, in seconds. */
const checkSeconds = 2;

/** How long a request waits for a connection that is free, in seconds, unless `balance` says so. */
const usualQueueSeconds = 30;

/** Where an app's requests go, and how they are shared out. */
export function servers(app: App, route: Route): HaproxyLine[] {
  const all = places(app);
  const how = sharing(app);
  return [
    ...(all.length > 1 ? shared(app, how) : []),
    ...(app.servers ? [line("timeout", "connect", `${serverConnectSeconds}s`)] : []),
    ...(app.servers ? [line("timeout", "queue", `${how.queueSeconds ?? usualQueueSeconds}s`)] : []),
    ...(all.length > 1 && how.maxFails > 0 ? checks(app, route, how) : []),
    ...all.map((place) => serverLine(place, how.sticky, toTls(app, route))),
  ];
}

function shared(app: App, { method, sticky }: Sharing): HaproxyLine[] {
  const said = ["insert", "indirect", "nocache", "httponly", "secure", "attr", "SameSite=Lax"];
  return [
    line("balance", methods[method]),
    // With another server all clients but those of that one stay where they are.
    ...(method === BalanceMethod.ClientAddress ? [line("hash-type", "consistent")] : []),
    ...(sticky ? [line("cookie", stayCookie(app.name), ...said), ...cookiePath(app)] : []),
  ];
}

/** HAProxy's cookies are for all paths; this one is for the app's own, where cookies can say that. */
function cookiePath(app: App): HaproxyLine[] {
  const path = stayCookiePath(app);
  if (path === "/") return [];
  const own = pattern`^(${stayCookie(app.name)}=[^;]*; path=)/(;.*)$`;
  return [line("http-after-response", "replace-header", "Set-Cookie", own, replacement`\1${path}\2`)];
}

/** Asks as the app's health check does, where it has one; else a server is well that can be connected to. */
function checks({ health }: App, route: Route, { maxFails, failSeconds }: Sharing): HaproxyLine[] {
  const prefix = route.stripPrefix ? "/" : (route.path ?? "/");
  const uri = `${prefix}${health?.path ?? ""}`;
  const question = [
    line("option", "httpchk"),
    line("http-check", "send", "meth", "GET", "uri", uri, "ver", "HTTP/1.1", "hdr", "Host", route.domain),
    line("http-check", "expect", "status", health?.status ?? 200),
  ];
  return [
    ...(health ? question : []),
    line(
      ...["default-server", "check", "inter", `${checkSeconds}s`, "downinter", `${failSeconds}s`],
      ...["fall", maxFails, "rise", 1, "observe", "layer4", "error-limit", maxFails, "on-error", "mark-down"],
    ),
  ];
}

/**
 * How a server is asked by TLS. The certificate of an app on this host is not checked: the socket says who answers, and while one
 * takes the place of another they would not fit.
 */
function toTls(app: App, route: Route): string[] {
  const oldest = ["ssl-min-ver", "TLSv1.2"];
  if (app.tls) return ["ssl", "verify", "none", "sni", `str(${app.tls.domain})`, ...oldest];
  if (!app.serversTls) return [];
  const name = app.serversTls.name ?? route.domain;
  const named = ["sni", `str(${name})`, "check-sni", name, "verifyhost", name];
  return ["ssl", "verify", "required", "ca-file", authoritiesOf(app, ownAuthorities), ...named, ...oldest];
}

function serverLine(place: Place, sticky: boolean, tls: readonly string[]): HaproxyLine {
  const { id, socket, authority, weight, backup, maxConnections } = place;
  return line(
    ...["server", id, socket === null ? authority! : `unix@${socket}`],
    ...(weight === 1 ? [] : ["weight", weight]),
    ...(backup ? ["backup"] : []),
    ...(maxConnections === null ? [] : ["maxconn", maxConnections]),
    ...(sticky ? ["cookie", id] : []),
    ...tls,
  );
}
