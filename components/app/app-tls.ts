import type { App } from "./app";
import { literalDomains } from "./route/domains";

/**
 * TLS that the app ends itself. It finds the certificate that the host has for a domain, with its chain, in the file
 * `tlsCertificateFile(app)` and the key in `tlsKeyFile(app)`, both PEM and readable by nobody else, and is restarted when another
 * one is there. What clients connect to, which systemd holds, waits meanwhile.
 */
export interface AppTls {
  /**
   * Host name that the certificate is for. Where it comes from is said as for the domains of routes (`web.domains`). An app with
   * routes has that of one of them, and the web server asks it by TLS; one without answers on its public ports by itself.
   * @example "app.example.com"
   */
  domain: string;
}

/** Whether clients connect to the app itself, by TLS, with no web server between. */
export const answersItself = ({ tls, routes = [] }: App): boolean => tls !== undefined && routes.length === 0;

/** The port of such an app that addresses are made with: its first public one. */
export const ownPort = ({ listen }: App): number | undefined => listen?.publicPorts?.[0];

/** The domains that apps answer at by themselves and no route does, sorted. */
export function ownDomains(apps: readonly App[]): string[] {
  const routed = literalDomains(apps);
  return [...new Set(apps.filter(answersItself).flatMap(({ tls }) => tls?.domain ?? []))]
    .filter((domain) => !routed.includes(domain))
    .sort();
}

/** All domains that have a certificate of their own unless they have no TLS, sorted. */
export function certifiedDomains(apps: readonly App[]): string[] {
  return [...literalDomains(apps), ...ownDomains(apps)].sort();
}
