import { App } from "../../app/app";
import { Route } from "../../app/route/route";
import { authoritiesOf, longestChain } from "../tls/authorities";
import { Directive, directive } from "./tree";

const protocols = directive("proxy_ssl_protocols", "TLSv1.2", "TLSv1.3");

/**
 * How nginx asks servers elsewhere by TLS. By itself it would neither tell them a name nor check their certificate. That of an app
 * on this host is not checked: the socket says who answers, and while one certificate takes the place of another they would not fit.
 */
export function serversTls(app: App, route: Route): Directive[] {
  const tls = app.serversTls;
  if (app.tls)
    return [directive("proxy_ssl_server_name", "on"), directive("proxy_ssl_name", app.tls.domain), protocols];
  if (!tls) return [];
  return [
    directive("proxy_ssl_server_name", "on"),
    directive("proxy_ssl_name", tls.name ?? route.domain),
    directive("proxy_ssl_verify", "on"),
    directive("proxy_ssl_verify_depth", longestChain),
    directive("proxy_ssl_trusted_certificate", authoritiesOf(app, ownAuthorities)),
    protocols,
  ];
}

/** The authorities that an app brings for its servers. */
export const ownAuthorities = ({ name }: App): string => `/etc/nginx/apps/${name}.pem`;
