import { App } from "../../app/app";
import { Web } from "../../app/web";
import { Guest } from "../guest";
import { clientIdleSeconds, HopChain } from "../hops";
import { webPorts } from "../names";
import { hiddenHeaders, securityHeaders } from "./answer-headers";
import { balancerModules } from "./balancer";
import { passedClient, provenClient, realClient } from "./client-address";
import { compression } from "./compression";
import { apacheFolder, runtimeFolder } from "./folder";
import { namelessTls } from "./health-questions";
import { requestHeaders } from "./forwarded";
import { errorLogFile } from "../logs/access-logs";
import { apacheLogs } from "../logs/rotation";
import { logFormat } from "./log";
import { loadModules } from "./modules";
import { openFolders } from "./open-folders";
import { readProofs } from "./proof";
import { reportModules } from "./report-location";
import { definePatterns } from "./pattern-route";
import { tlsSettings } from "./tls";
import { apache, ApacheDirective, noted } from "./tree";

/** Requests that are answered at once; a websocket is one for as long as it is open. */
const threads = { each: 64, all: 1024 } as const;

/** httpd's main file, ours as a whole: nothing of Debian's own (its default site, its ports) is left. */
export function mainFile(apps: readonly App[], hops: HopChain, guest: Guest, web: Web): ApacheDirective[] {
  const ports = webPorts(apps, hops);
  return [
    apache("ServerRoot", apacheFolder),
    apache("DefaultRuntimeDir", runtimeFolder),
    apache("PidFile", `${runtimeFolder}/apache2.pid`),
    apache("User", "www-data"),
    apache("Group", "www-data"),
    ...loadModules([...balancerModules(apps), ...reportModules(web.logs?.report)]),
    ...processes(),
    ...[...ports.http, ...ports.https].map((port) => apache("Listen", port)),
    apache("Protocols", "h2", "http/1.1"),
    apache("ErrorLog", errorLogFile(apacheLogs)),
    apache("LogLevel", "warn"),
    ...logFormat(hops, web.logs ?? {}),
    ...definePatterns(apps),
    ...limits(hops, web),
    ...silence(),
    ...files(apps),
    ...compression(web),
    ...tlsSettings(guest),
    ...namelessTls(hops),
    ...realClient(hops),
    ...readProofs(hops),
    ...provenClient(hops),
    ...passedClient(hops),
    ...requestHeaders(hops),
    ...hiddenHeaders(apps),
    ...securityHeaders(),
    apache("RedirectRelative", "On"),
    apache("IncludeOptional", "sites/*.conf"),
  ];
}

function processes(): ApacheDirective[] {
  const { each, all } = threads;
  return [
    apache("StartServers", 2),
    noted(
      "twice what runs: after a reload the old processes stay until their last answer is given",
      apache("ServerLimit", (all / each) * 2),
    ),
    apache("ThreadsPerChild", each),
    apache("MaxRequestWorkers", all),
    apache("MinSpareThreads", each),
    apache("MaxSpareThreads", each * 4),
    noted("Linux's somaxconn: the default of 511 overflows in a burst", apache("ListenBackLog", 4096)),
  ];
}

/** Slow or silent clients, in the way of Slowloris, are let go. */
function limits(hops: HopChain, web: Web): ApacheDirective[] {
  return [
    apache("KeepAlive", "On"),
    apache("KeepAliveTimeout", web.keepAliveSeconds ?? clientIdleSeconds(hops)),
    apache("MaxKeepAliveRequests", 10_000),
    apache("RequestReadTimeout", "handshake=15", "header=15", "body=30,MinRate=500"),
    apache("Timeout", 60),
    apache("LimitRequestLine", 16_384),
    apache("LimitRequestFieldSize", 16_384),
  ];
}

/** What would tell strangers about us. */
function silence(): ApacheDirective[] {
  return [
    apache("ServerName", "localhost"),
    apache("ServerTokens", "Prod"),
    apache("ServerSignature", "Off"),
    apache("TraceEnable", "Off"),
    apache("HttpProtocolOptions", "Strict"),
  ];
}

function files(apps: readonly App[]): ApacheDirective[] {
  return [
    ...openFolders(apps),
    apache("TypesConfig", "/etc/mime.types"),
    apache("AddDefaultCharset", "utf-8"),
    apache("AddCharset", "utf-8", ".css", ".js", ".json", ".svg", ".xml"),
  ];
}
