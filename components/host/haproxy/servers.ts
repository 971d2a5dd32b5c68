import { App, Route } from "../../app/app";
import { BalanceMethod, BalancedServer } from "../../app/balance";
import { isIPv6 } from "node:net";
import { localAddress } from "./addresses";
import { authorityFile } from "./authorities";
import { HaproxyLine, line } from "./tree";

const methods: Readonly<Record<BalanceMethod, string>> = {
  "round-robin": "roundrobin",
  "least-connections": "leastconn",
  "client-address": "source",
};

/** How often a server is asked whether it is there, in seconds, and for how long it is left out unless `balance` says so. */
const checkSeconds = 2;
const usualFailSeconds = 10;

/** How long a request waits for a connection that is free, in seconds, unless `balance` says so. */
const usualQueueSeconds = 30;

/** Where an app's requests go, and how they are shared out. */
export function servers(app: App, route: Route): HaproxyLine[] {
  if (!app.servers) return [line("server", app.name, localAddress(app))];
  const { method = BalanceMethod.RoundRobin, sticky, queueSeconds = usualQueueSeconds } = app.balance ?? {};
  return [
    line("balance", methods[method]),
    // With another server all clients but those of that one stay where they are.
    ...(method === BalanceMethod.ClientAddress ? [line("hash-type", "consistent")] : []),
    line("timeout", "queue", `${queueSeconds}s`),
    ...(sticky ? [stickyCookie(app)] : []),
    ...healthQuestion(app, route),
    line("default-server", ...checks(app), ...toTls(app, route)),
    ...app.servers.map((server, index) => serverLine(server, index, sticky === true)),
  ];
}

/** The cookie tells the number of a server, and no address. */
function stickyCookie(app: App): HaproxyLine {
  const words = ["insert", "indirect", "nocache", "httponly", "secure", "attr", "SameSite=Lax"];
  return line("cookie", `landfall-${app.name}`, ...words);
}

/** Asks the app as its health check does, where it has one; else a server is well that can be connected to. */
function healthQuestion({ health }: App, route: Route): HaproxyLine[] {
  if (!health) return [];
  const prefix = route.stripPrefix ? "/" : (route.path ?? "/");
  const uri = `${prefix}${health.path ?? ""}`;
  return [
    line("option", "httpchk"),
    line("http-check", "send", "meth", "GET", "uri", uri, "ver", "HTTP/1.1", "hdr", "Host", route.domain),
    line("http-check", "expect", "status", health.status ?? 200),
  ];
}

function checks({ balance }: App): (string | number)[] {
  const fails = balance?.maxFails ?? 1;
  const down = balance?.failSeconds ?? usualFailSeconds;
  const passive = ["observe", "layer4", "error-limit", fails, "on-error", "mark-down"];
  return ["check", "inter", `${checkSeconds}s`, "downinter", `${down}s`, "fall", fails, "rise", 1, ...passive];
}

function toTls(app: App, route: Route): string[] {
  if (!app.serversTls) return [];
  const name = app.serversTls.name ?? route.domain;
  const sni = ["sni", `str(${name})`, "check-sni", name, "verifyhost", name];
  return [
    "ssl",
    "verify",
    "required",
    "ca-file",
    authorityFile(app),
    ...sni,
    "ssl-min-ver",
    "TLSv1.2",
    "alpn",
    "http/1.1",
  ];
}

function serverLine(server: BalancedServer, index: number, sticky: boolean): HaproxyLine {
  const name = String(index + 1);
  const address = isIPv6(server.address) ? `[${server.address}]` : server.address;
  return line(
    ...["server", name, `${address}:${server.port}`],
    ...(server.weight === undefined ? [] : ["weight", server.weight]),
    ...(server.backup ? ["backup"] : []),
    ...(server.maxConnections === undefined ? [] : ["maxconn", server.maxConnections]),
    ...(sticky ? ["cookie", name] : []),
  );
}
