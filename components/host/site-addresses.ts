import { App } from "../app/app";
import { answersItself, ownPort } from "../app/app-tls";
import { withLiteralDomains } from "../app/route/domains";
import { authority, HopChain, publicPortOf, publicScheme } from "./hops";
import { usualPorts } from "./names";
import { PlannedHealth } from "./plan";
import { homeOf } from "../app/home";

/** What a healthy app answers. */
export interface SiteHealth {
  /** Address that is asked. */
  url: string;
  /** Status of the answer. */
  status: number;
  /** Text that the answer contains. Empty when any will do. */
  contains: string;
}

/** Where an app answers, and how to see that it does. */
export interface AppAddress {
  /** Name of the app. */
  app: string;
  /** Host name of its first route, or of the TLS that it ends itself. */
  domain: string;
  /** Port of the host that it answers on. */
  port: number;
  /** Address in a browser. */
  url: string;
  /** How to see that it does. */
  health: SiteHealth;
}

/** Where the apps of a host answer: each at its first route with a path, or by itself; apps with neither are left out. */
export function appAddresses(apps: readonly App[], health: readonly PlannedHealth[], hops: HopChain): AppAddress[] {
  return withLiteralDomains(apps).flatMap((app) => {
    const { name } = app;
    const own = answersItself(app) ? app.tls?.domain : undefined;
    const home = own === undefined ? homeOf(app) : undefined;
    const domain = own ?? home?.domain;
    const check = health.find((one) => one.app === name);
    if (domain === undefined || !check?.web) return [];
    const origin =
      own === undefined ? `${publicScheme(hops, domain)}://${authority(hops, domain)}` : ownOrigin(app, own, hops);
    const { path, status } = check.web;
    return [
      {
        app: name,
        domain,
        port: check.web.port ?? usualPorts.https,
        url: `${origin}${home?.path || "/"}`,
        health: { url: `${origin}${path}`, status, contains: check.contains ?? "" },
      },
    ];
  });
}

/** Several apps may answer at one domain by themselves, each on a port of its own. */
function ownOrigin(app: App, domain: string, hops: HopChain): string {
  const port = publicPortOf(hops, ownPort(app) ?? usualPorts.https);
  return port === usualPorts.https ? `https://${domain}` : `https://${domain}:${port}`;
}
