import { App } from "../../app/app";
import { Route } from "../../app/route/route";
import { authoritiesOf, longestChain } from "../tls/authorities";
import { Directive, directive } from "./tree";

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
    directive("proxy_ssl_verify_depth", longestChain),
    directive("proxy_ssl_trusted_certificate", authoritiesOf(app, ownAuthorities)),
    directive("proxy_ssl_protocols", "TLSv1.2", "TLSv1.3"),
  ];
}

/** The authorities that an app brings for its servers. */
export const ownAuthorities = ({ name }: App): string => `/etc/nginx/apps/${name}.pem`;
