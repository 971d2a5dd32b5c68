import { App } from "../../app/app";
import { Route } from "../../app/route/route";
import { Web } from "../../app/web";
import { compressedTypes } from "../compressed-types";
import { Guest } from "../guest";
import { clientIdleSeconds, HopChain } from "../hops";
import { errorLogFile } from "../logs/access-logs";
import { nginxLogs } from "../logs/rotation";
import { leadingNames } from "../names";
import { answerHeaderMaps, hiddenHeaders } from "./answer-headers";
import { cacheZones } from "./cache";
import { provenClient } from "./client-address";
import { dollarVariable, verbatim } from "./expression";
import { expiryMaps } from "./files-location";
import { realClient, upgradeMaps } from "./forwarded";
import { accessLog } from "./log";
import { ownAnswerMap } from "./own-answers";
import { proofMaps } from "./proof";
import { commonRuleMaps } from "./route-rules";
import { tlsSettings } from "./tls";
import { because, block, Directive, directive } from "./tree";

/** Open files of one worker: a client and an app each take one, so twice its connections, and room for files. */
export const openFiles = 16_384;
const connections = openFiles / 4;

/** nginx's main file. Sites and apps are included by relative paths, so that a copy of the folder can be checked anywhere. */
export function mainFile(apps: readonly App[], hops: HopChain, guest: Guest, web: Web = {}): Directive[] {
  const routes = apps.flatMap((app) => app.routes ?? []);
  return [
    directive("user", "www-data"),
    directive("worker_processes", "auto"),
    directive("pcre_jit", "on"),
    directive("worker_rlimit_nofile", openFiles),
    ...drain(web),
    directive("pid", "/run/nginx.pid"),
    directive("error_log", errorLogFile(nginxLogs), "warn"),
    directive("include", "/etc/nginx/modules-enabled/*.conf"),
    block("events", [], [directive("worker_connections", connections)]),
    block(
      "http",
      [],
      [
        ...basics(),
        ...names([...routes.map((route) => route.domain), ...leadingNames(hops)]),
        ...variableRoom(routes),
        ...limits(hops, web),
        ...accessLog(hops, web.logs),
        ...compression(web),
        ...tlsSettings(guest),
        ...realClient(hops),
        ...proofMaps(hops),
        ...provenClient(hops),
        ...proxyDefaults(),
        ...hiddenHeaders(),
        because(
          "nginx has no escape for a dollar sign",
          block("geo", [verbatim(`$${dollarVariable}`)], [directive("default", verbatim("$"))]),
        ),
        ...upgradeMaps(),
        ownAnswerMap(),
        ...answerHeaderMaps(routes),
        ...commonRuleMaps(routes, hops),
        ...expiryMaps(),
        ...cacheZones(apps, web),
        directive("include", "apps/*.conf"),
        directive("include", "sites/*.conf"),
      ],
    ),
  ];
}

/**
 * Without a limit nothing is cut by a reload: websockets stay, and so do downloads that take longer than any limit. What an
 * old worker has ends by itself, since silence has limits of its own; new requests go to new workers at once.
 */
function drain({ drainSeconds }: Web): Directive[] {
  return drainSeconds === undefined ? [] : [directive("worker_shutdown_timeout", `${drainSeconds}s`)];
}

function basics(): Directive[] {
  return [
    directive("include", "/etc/nginx/mime.types"),
    directive("default_type", "application/octet-stream"),
    directive("types_hash_max_size", 2048),
    directive("sendfile", "on"),
    directive("tcp_nopush", "on"),
    directive("server_tokens", "off"),
    because("relative redirects hold on any public port", directive("absolute_redirect", "off")),
  ];
}

/** Room for the names of all sites: nginx refuses to start with a name that its default hash is too small for. */
function names(domains: readonly string[]): Directive[] {
  const longest = domains.reduce((length, domain) => Math.max(length, domain.length), 0);
  // An entry is a pointer, a length and the name, and the bucket ends with a pointer.
  const bucket = powerOfTwo(longest + 26, 64);
  return [
    directive("server_names_hash_bucket_size", bucket),
    directive("server_names_hash_max_size", powerOfTwo(domains.length * 4, 512)),
    directive("map_hash_bucket_size", 128),
  ];
}

/** Room for variables: those of each route, and more of routes with rules, whose names have the app's in them. */
function variableRoom(routes: readonly Route[]): Directive[] {
  const ruled = routes.filter(({ security, cors, methods }) => security ?? cors ?? methods).length;
  return [
    directive("variables_hash_max_size", powerOfTwo(routes.length * 4 + ruled * 32, 2048)),
    ...(ruled === 0 ? [] : [directive("variables_hash_bucket_size", 128)]),
  ];
}

function powerOfTwo(atLeast: number, minimum: number): number {
  return Math.max(minimum, 2 ** Math.ceil(Math.log2(Math.max(atLeast, 1))));
}

/** Slow or silent clients, in the way of Slowloris, are let go. */
function limits(hops: HopChain, web: Web): Directive[] {
  return [
    directive("keepalive_timeout", `${web.keepAliveSeconds ?? clientIdleSeconds(hops)}s`),
    directive("keepalive_requests", 10_000),
    directive("client_header_timeout", "15s"),
    directive("client_body_timeout", "30s"),
    directive("send_timeout", "30s"),
    directive("reset_timedout_connection", "on"),
    directive("large_client_header_buffers", 4, "16k"),
  ];
}

/** What pays to be compressed. Small answers do not. */
function compression(web: Web): Directive[] {
  return [
    directive("gzip", "on"),
    directive("gzip_comp_level", 5),
    directive("gzip_min_length", 512),
    directive("gzip_proxied", "any"),
    directive("gzip_vary", "on"),
    // text/html nginx always compresses, and warns where it is told so.
    directive("gzip_types", ...compressedTypes(web).filter((type) => type !== "text/html")),
  ];
}

/** Answers are taken off the app as fast as it gives them, so that a slow client does not hold it up. */
function proxyDefaults(): Directive[] {
  return [
    directive("proxy_http_version", "1.1"),
    directive("proxy_connect_timeout", "5s"),
    directive("proxy_buffer_size", "16k"),
    directive("proxy_buffers", 8, "16k"),
    directive("proxy_busy_buffers_size", "32k"),
    directive("proxy_redirect", "off"),
  ];
}
