import { certificateFolder, codeFolder, socketPath } from "../components/app/paths";
import { expression, verbatim } from "../components/host/nginx/expression";
import { map } from "../components/host/nginx/map";
import { block, Directive, directive } from "../components/host/nginx/tree";

/** What another nginx answers for: an app by its socket, and a folder of files. */
export interface Baseline {
  port: number;
  domain: string;
  /** App that is proxied to at `/`. */
  app: string;
  /** App whose files are at `/files/`. */
  files: string;
}

/** A configuration of nginx that others recommend, with our certificate, ciphers, and as long a keep-alive as ours. */
interface Recommended {
  workers: string;
  connections: number;
  http: readonly Directive[];
  server: readonly Directive[];
  proxy: readonly Directive[];
  files: readonly Directive[];
}

const header = (name: string, value: string): Directive => directive("proxy_set_header", name, { token: value });

/** How uvicorn and ESG document nginx, with one worker as it is written or as many as ours has. */
export const documented = (workers: string): Recommended => ({
  workers,
  connections: 512,
  http: [
    map(expression`$http_upgrade`, "connection_upgrade", [["", "close"]], "upgrade"),
    directive("access_log", "/var/log/nginx/documented.log"),
  ],
  server: [directive("client_max_body_size", "4G")],
  proxy: [
    header("Host", "$http_host"),
    header("X-Forwarded-For", "$proxy_add_x_forwarded_for"),
    header("X-Forwarded-Proto", "$scheme"),
    header("Upgrade", "$http_upgrade"),
    header("Connection", "$connection_upgrade"),
    directive("proxy_redirect", "off"),
    directive("proxy_buffering", "off"),
  ],
  files: [],
});

const textTypes = [
  "application/javascript",
  "application/json",
  "application/xml",
  "image/svg+xml",
  "text/css",
  "text/plain",
];

/** The four `recommended…Settings` of NixOS (nixpkgs, nixos/modules/services/web-servers/nginx/default.nix). */
export const nixos: Recommended = {
  workers: "auto",
  connections: 512,
  http: [
    directive("access_log", "/var/log/nginx/nixos.log"),
    directive("sendfile", "on"),
    directive("tcp_nopush", "on"),
    directive("tcp_nodelay", "on"),
    directive("gzip", "on"),
    directive("gzip_static", "on"),
    directive("gzip_vary", "on"),
    directive("gzip_comp_level", 5),
    directive("gzip_min_length", 256),
    directive("gzip_proxied", "expired", "no-cache", "no-store", "private", "auth"),
    directive("gzip_types", ...textTypes),
    directive("server_tokens", "off"),
  ],
  server: [],
  proxy: [
    directive("proxy_redirect", "off"),
    directive("proxy_http_version", "1.1"),
    header("Connection", ""),
    header("Host", "$host"),
    header("X-Real-IP", "$remote_addr"),
    header("X-Forwarded-For", "$proxy_add_x_forwarded_for"),
    header("X-Forwarded-Proto", "$scheme"),
    header("X-Forwarded-Host", "$host"),
    header("X-Forwarded-Server", "$host"),
  ],
  files: [],
};

/** HTML5 Boilerplate's nginx.conf (h5bp/server-configs-nginx), with a plain `proxy_pass`, for which it has no words. */
export const h5bp: Recommended = {
  workers: "auto",
  connections: 8000,
  http: [
    directive("access_log", "/var/log/nginx/h5bp.log"),
    directive("server_tokens", "off"),
    directive("sendfile", "on"),
    directive("tcp_nopush", "on"),
    directive("gzip", "on"),
    directive("gzip_comp_level", 5),
    directive("gzip_min_length", 256),
    directive("gzip_proxied", "any"),
    directive("gzip_vary", "on"),
    directive("gzip_types", ...textTypes),
    map(expression`$sent_http_content_type`, "h5bp_expires", [[{ token: "~*text/html" }, "0"]], "1y"),
    map(expression`$sent_http_content_type`, "h5bp_frame", [[{ token: "~*text/html" }, "DENY"]]),
    map(expression`$sent_http_content_type`, "h5bp_referrer", [
      [{ token: "~*text/(css|html|javascript)|application/pdf|xml" }, "strict-origin-when-cross-origin"],
    ]),
  ],
  server: [
    directive("expires", { token: "$h5bp_expires" }),
    directive("add_header", "X-Content-Type-Options", "nosniff", "always"),
    directive("add_header", "X-Frame-Options", { token: "$h5bp_frame" }, "always"),
    directive("add_header", "Referrer-Policy", { token: "$h5bp_referrer" }, "always"),
  ],
  proxy: [],
  files: [],
};

/** The whole configuration. */
export function baseline(name: string, of: Recommended, { port, domain, app, files }: Baseline): Directive[] {
  const folder = certificateFolder(domain);
  const server = block(
    "server",
    [],
    [
      directive("listen", port, "ssl", "http2"),
      directive("server_name", domain),
      directive("ssl_certificate", `${folder}/fullchain.pem`),
      directive("ssl_certificate_key", `${folder}/privkey.pem`),
      ...of.server,
      block("location", [verbatim("/files/")], [directive("alias", `${codeFolder(files)}/`), ...of.files]),
      block("location", [verbatim("/")], [...of.proxy, directive("proxy_pass", "http://app")]),
    ],
  );
  return [
    directive("user", "www-data"),
    directive("worker_processes", of.workers),
    directive("worker_rlimit_nofile", 16384),
    directive("pid", `/run/nginx-${name}.pid`),
    block("events", [], [directive("worker_connections", of.connections)]),
    block(
      "http",
      [],
      [
        directive("include", "/etc/nginx/mime.types"),
        directive("ssl_protocols", "TLSv1.2", "TLSv1.3"),
        directive("ssl_session_cache", `shared:${name}:10m`),
        directive("ssl_session_timeout", "1d"),
        directive("ssl_session_tickets", "off"),
        directive("keepalive_timeout", "75s"),
        directive("keepalive_requests", 100_000),
        ...of.http,
        block("upstream", ["app"], [directive("server", `unix:${socketPath(app)}`)]),
        server,
      ],
    ),
  ];
}
