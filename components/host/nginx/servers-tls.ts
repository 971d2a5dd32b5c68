import { App } from "../../app/app";
import { Route } from "../../app/route/route";
import { Effect, PlannedFile } from "../plan";
import { ownAuthority, systemAuthorities } from "../tls/authorities";
import { Directive, directive } from "./tree";

/** Longest chain of certificates between a server's own and an authority's. */
const depth = 4;

/** The scheme in which an app's places are asked. */
export const upstreamScheme = (app: App): string => (app.serversTls ? "https" : "http");

/** How nginx asks servers elsewhere by TLS. By itself it would neither tell them a name nor check their certificate. */
export function serversTls(app: App, route: Route): Directive[] {
  const tls = app.serversTls;
  if (!tls) return [];
  return [
    directive("proxy_ssl_server_name", "on"),
    directive("proxy_ssl_name", tls.name ?? route.domain),
    directive("proxy_ssl_verify", "on"),
    directive("proxy_ssl_verify_depth", depth),
    directive("proxy_ssl_trusted_certificate", tls.authority === undefined ? systemAuthorities : authorityFile(app)),
    directive("proxy_ssl_protocols", "TLSv1.2", "TLSv1.3"),
  ];
}

const authorityFile = (app: App): string => `/etc/nginx/apps/${app.name}.pem`;

/** The authority of an app's servers, where it is no public one. */
export function authorityFiles(app: App, unit: string): PlannedFile[] {
  const content = ownAuthority(app);
  if (content === undefined) return [];
  const change = { effect: Effect.Reload, units: [unit] };
  return [{ path: authorityFile(app), content, mode: "0644", owner: "root", group: "root", change }];
}
