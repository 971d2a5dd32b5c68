import { Mutation, replaceIn, replaceOnceIn } from "./mutation";

const site = "/etc/nginx/sites/live.dev.example.com.conf";
const main = "/etc/nginx/nginx.conf";
const upstream = "/etc/nginx/apps/live.conf";

/** A header that a whole server sends, to put others beside it. */
const nosniff = /^ *(add_header X-Content-Type-Options .*;)$/gm;

const line = (text: string): RegExp => new RegExp(`^ *${text}.*;\n`, "gm");

export const webMutations: readonly Mutation[] = [
  {
    title: "a site has no certificate",
    breakIt: replaceIn(site, line("ssl_certificate(_key)? "), ""),
    fails: ["tls-nginx"],
  },
  {
    title: "TLS 1.0 is offered",
    breakIt: replaceIn(main, "ssl_protocols TLSv1.2", "ssl_protocols TLSv1 TLSv1.2"),
    fails: ["tls-nginx"],
  },
  {
    title: "TLS 1.1 is offered",
    breakIt: replaceIn(main, "ssl_protocols TLSv1.2", "ssl_protocols TLSv1.1 TLSv1.2"),
    fails: ["tls-nginx"],
  },
  {
    title: "SSL 3 is offered",
    breakIt: replaceIn(main, "ssl_protocols TLSv1.2", "ssl_protocols SSLv3 TLSv1.2"),
    fails: ["tls-nginx"],
  },
  {
    title: "browsers are not told to ask by HTTPS alone",
    breakIt: replaceIn(site, line("add_header Strict-Transport-Security "), ""),
    fails: ["tls-hsts"],
  },
  {
    title: "browsers are told so for a week",
    breakIt: replaceIn(site, "max-age=63072000", "max-age=604800"),
    fails: ["tls-hsts"],
  },
  {
    title: "the app is not told the host",
    breakIt: replaceIn(site, line("proxy_set_header Host "), ""),
    fails: ["proxy-headers"],
  },
  {
    title: "the client chooses the host that the app is told",
    breakIt: replaceIn(site, "proxy_set_header Host live.dev.example.com", "proxy_set_header Host $http_host"),
    fails: ["proxy-headers"],
  },
  {
    title: "the app is not told the client",
    breakIt: replaceIn(site, line("proxy_set_header X-Real-IP "), ""),
    fails: ["proxy-headers"],
  },
  {
    title: "the app is not told who asked before",
    breakIt: replaceIn(site, line("proxy_set_header X-Forwarded-For "), ""),
    fails: ["proxy-headers"],
  },
  {
    title: "the app is not told that the client came by HTTPS",
    breakIt: replaceIn(site, line("proxy_set_header X-Forwarded-Proto "), ""),
    fails: ["proxy-headers"],
  },
  {
    title: "one header of its own makes a block lose all the others",
    breakIt: replaceIn(
      site,
      "limit_except GET OPTIONS {",
      "location /api/ {\n proxy_set_header X-Api 1;\n proxy_pass http://app-live.kept;\n }\n limit_except GET OPTIONS {",
    ),
    fails: ["proxy-headers"],
  },
  {
    title: "requests are handed to a machine elsewhere",
    breakIt: replaceIn(site, "proxy_pass http://app-live.kept", "proxy_pass http://app.example.net"),
    fails: ["proxy-upstream-local"],
  },
  {
    title: "an upstream has a server elsewhere",
    breakIt: replaceOnceIn(upstream, /server unix:\S+/, "server 203.0.113.9:8000"),
    fails: ["proxy-upstream-local"],
  },
  {
    title: "the client chooses where requests are handed to",
    breakIt: replaceIn(site, "proxy_pass http://app-live.kept", "proxy_pass http://$http_host"),
    fails: ["proxy-upstream-local"],
    unknown: ["dns-path-routed"],
  },
  {
    title: "a path is answered by another app",
    breakIt: replaceIn(site, "proxy_pass http://app-live.kept", "proxy_pass http://app-journal.kept"),
    fails: ["dns-path-routed"],
  },
  {
    title: "a path is refused",
    breakIt: replaceIn(site, "proxy_pass http://app-live.kept;", "return 404;"),
    fails: ["dns-path-routed"],
  },
  {
    title: "the first page of a path is another one's",
    breakIt: replaceIn(site, "location ^~ / {", "location = / { return 410; }\n    location ^~ / {"),
    fails: ["dns-path-routed"],
  },
  {
    title: "nginx looks for an app at another socket",
    breakIt: replaceIn(upstream, "/run/landfall/live.sock", "/run/landfall/life.sock"),
    fails: ["port-chain-consistent"],
  },
  {
    title: "an app's socket is where nginx does not look for it",
    breakIt: replaceIn(
      "/etc/systemd/system/app-live.socket",
      "ListenStream=/run/landfall/live.sock",
      "ListenStream=127.0.0.1:8000",
    ),
    fails: ["port-chain-consistent"],
  },
  {
    title: "browsers may guess content types",
    breakIt: replaceIn(site, line("add_header X-Content-Type-Options "), ""),
    fails: ["hdr-nosniff"],
  },
  {
    title: "the header against guessing has another value",
    breakIt: replaceIn(site, "X-Content-Type-Options nosniff", "X-Content-Type-Options sniff"),
    fails: ["hdr-nosniff"],
  },
  {
    title: "the header against guessing is missing on errors",
    breakIt: replaceIn(site, "X-Content-Type-Options nosniff always", "X-Content-Type-Options nosniff"),
    fails: ["hdr-inheritance"],
  },
  {
    title: "one header of its own makes a location lose all the others",
    breakIt: replaceIn(
      site,
      "client_max_body_size 10m;",
      "client_max_body_size 10m;\n        add_header X-Robots-Tag noindex always;",
    ),
    fails: ["hdr-inheritance", "hdr-nosniff"],
  },
  {
    title: "a location has no headers but the one against guessing",
    breakIt: replaceIn(
      site,
      "client_max_body_size 10m;",
      "client_max_body_size 10m;\n        add_header X-Content-Type-Options nosniff always;",
    ),
    fails: ["hdr-inheritance"],
  },
  {
    title: "nginx sends plain HTTP to plain HTTP",
    breakIt: replaceIn(site, "return 308 https://", "return 308 http://"),
    fails: ["tls-redirect"],
  },
  {
    title: "nginx sends plain HTTP to a port without TLS",
    breakIt: replaceIn(
      site,
      "return 308 https://live.dev.example.com$",
      "return 308 https://live.dev.example.com:8443$",
    ),
    fails: ["tls-redirect"],
  },
  {
    title: "nginx answers plain HTTP on another port",
    breakIt: replaceIn(site, "location ^~ / {", "listen 8080;\n    location ^~ / {"),
    fails: ["tls-redirect"],
  },
  {
    title: "every origin may read, by being repeated",
    breakIt: replaceIn(site, nosniff, "$1\n    add_header Access-Control-Allow-Origin $http_origin always;"),
    fails: ["cors-safe"],
  },
  {
    title: "every origin may read with credentials",
    breakIt: replaceIn(
      site,
      nosniff,
      "$1\n    add_header Access-Control-Allow-Origin * always;\n    add_header Access-Control-Allow-Credentials true always;",
    ),
    fails: ["cors-safe"],
  },
  {
    title: "all that the app answers is called public",
    breakIt: replaceIn(site, nosniff, '$1\n    add_header Cache-Control "public, max-age=60" always;'),
    fails: ["cache-not-private"],
  },
  {
    title: "answers with cookies are kept",
    breakIt: replaceIn(
      site,
      "client_max_body_size 10m;",
      "client_max_body_size 10m;\n        proxy_cache kept;\n        proxy_ignore_headers Set-Cookie;",
    ),
    fails: ["cache-not-private"],
  },
  {
    title: "files are looked for in the app's own folder",
    breakIt: replaceIn(
      site,
      "location ^~ / {",
      "location ^~ /files/ {\n        alias /opt/landfall/apps/live/current/;\n    }\n    location ^~ / {",
    ),
    fails: ["file-types-denied"],
  },
  {
    title: "nothing is logged",
    breakIt: replaceIn(main, /access_log .*;/g, "access_log off;"),
    fails: ["log-access"],
  },
];
