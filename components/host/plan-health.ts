import { answersItself, ownPort } from "../app/app-tls";
import { App } from "../app/app";
import { homeOf } from "../app/home";
import type { HopChain } from "./hops";
import { addressOf, hasTls, usualPorts } from "./names";
import { PlannedHealth } from "./plan";

/** What shows through the web server that an app works, or at the app that ends TLS itself; null for one with neither. */
export function appHealth(app: App, hops: Pick<HopChain, "names">): PlannedHealth["web"] {
  const route = homeOf(app);
  const { path = "", status = 200 } = app.health ?? {};
  if (app.tls && answersItself(app)) {
    const port = ownPort(app);
    return { host: app.tls.domain, path: `/${path}`, status, ...(port !== usualPorts.https && { port }) };
  }
  if (!route) return null;
  const { httpPort, httpsPort } = addressOf(hops, route.domain);
  const isSecure = hasTls(hops, route.domain);
  const port = isSecure ? httpsPort : httpPort;
  return {
    host: route.domain,
    path: `${route.path ?? "/"}${path}`,
    status,
    ...(port !== usualPorts.https && { port }),
    ...(!isSecure && { scheme: "http" }),
  };
}

/** Longest silence before a web server says that an app is not well, in seconds: below the 5 s for which a balancer waits. */
export const healthAnswerSeconds = 4;

/** What a web server asks itself where a hop asks for the health of an app under no name. */
export interface OwnQuestion {
  /** `http` or `https`. */
  scheme: string;
  /** Address and port. */
  authority: string;
  /** The name to ask by. */
  host: string;
  path: string;
}

/** The question is passed on as the app's own health check: by its name, and through all that stands before the app. */
export function ownQuestion(app: App, hops: Pick<HopChain, "names">): OwnQuestion {
  const health = appHealth(app, hops);
  if (!health) throw new Error(`app ${app.name} has no route, and so nothing that could be asked for`);
  const { host, path, port = usualPorts.https, scheme = "https" } = health;
  return { scheme, authority: `127.0.0.1:${port}`, host, path };
}

/** What is asked to learn whether an app works, through the web server or on its own port; nothing for an app with neither. */
export function planHealth(app: App, hops: HopChain): PlannedHealth[] {
  const check = app.health ?? {};
  const rest = { app: app.name, contains: check.contains ?? null, startSeconds: check.startSeconds ?? 60 };
  const web = appHealth(app, hops);
  if (web) return [{ ...rest, web, port: null }];
  const port = app.listen?.publicPorts?.[0];
  return port === undefined ? [] : [{ ...rest, web: null, port }];
}
