import { App } from "../app/app";
import { withLiteralDomains } from "../app/route/domains";
import { authority, HopChain, publicScheme } from "./hops";
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
  /** Host name of its first route. */
  domain: string;
  /** Port of the host that it answers on. */
  port: number;
  /** Address in a browser. */
  url: string;
  /** How to see that it does. */
  health: SiteHealth;
}

/** Where the apps of a host answer: each at its first route with a path; apps without one are left out. */
export function appAddresses(apps: readonly App[], health: readonly PlannedHealth[], hops: HopChain): AppAddress[] {
  return withLiteralDomains(apps).flatMap((app) => {
    const { name } = app;
    const route = homeOf(app);
    const check = health.find((one) => one.app === name);
    if (!route || !check?.web) return [];
    const origin = `${publicScheme(hops, route.domain)}://${authority(hops, route.domain)}`;
    const { path, status } = check.web;
    return [
      {
        app: name,
        domain: route.domain,
        port: check.web.port ?? usualPorts.https,
        url: `${origin}${route.path ?? "/"}`,
        health: { url: `${origin}${path}`, status, contains: check.contains ?? "" },
      },
    ];
  });
}
