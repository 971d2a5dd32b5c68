import { isIP, isIPv6 } from "node:net";
import { App } from "../app/app";
import { ListenVia } from "../app/listen";
import { Reach } from "../app/reach";
import { BalanceMethod } from "../app/balance";
import { serviceUnit, socketPath } from "../app/paths";
import { sha256 } from "./digest";
import { ownSocketPath } from "./systemd/own-socket";

/** One of the places where an app answers, whichever web server asks it. */
export interface Place {
  /** Names it in the cookie of a sticky app: the same for as long as it is the same place, wherever it stands in the list. */
  id: string;
  /** Path of a unix socket, or null. */
  socket: string | null;
  /** Address and port as URLs have them (`10.0.1.12:8080`, `[fd00::12]:80`), or null. */
  authority: string | null;
  /** Share of the requests. */
  weight: number;
  /** Asked only while none of the others can be. */
  backup: boolean;
  /** Most requests at once, or null. */
  maxConnections: number | null;
}

/** Where an app answers: at servers elsewhere, at its instances on this host, or at its one process. */
export function places(app: App): Place[] {
  const alike = { weight: 1, backup: false, maxConnections: null };
  if (app.servers)
    return app.servers.map(({ address, port, weight = 1, backup = false, maxConnections = null }) => {
      const authority = `${isIPv6(address) ? `[${address}]` : address}:${port}`;
      // Clients see the id: it tells neither addresses nor ports.
      return { id: sha256(authority).slice(0, 8), socket: null, authority, weight, backup, maxConnections };
    });
  if (app.listen?.via === ListenVia.Port) {
    if (app.listen.port === undefined)
      throw new Error(`app ${app.name}: listen.port is missing; name the loopback port it listens on`);
    return [{ ...alike, id: "1", socket: null, authority: `127.0.0.1:${app.listen.port}` }];
  }
  if (app.listen?.via === ListenVia.Socket)
    return [{ ...alike, id: "1", socket: ownSocketPath(app.name), authority: null }];
  return instances(app).map((instance) => ({
    ...alike,
    id: String(instance),
    socket: socketPath(app.name, instance),
    authority: null,
  }));
}

/** The scheme in which an app's places are asked: an app may end TLS itself, and servers elsewhere may. */
export const placeScheme = (app: App): "http" | "https" => ((app.serversTls ?? app.tls) ? "https" : "http");

/** What the web server of this host connects to for an app that runs elsewhere. */
export const serverReach = ({ servers = [] }: App): Reach[] =>
  servers.map(({ address, port }) => {
    const bits = isIP(address) === 0 ? "" : isIPv6(address) ? "/128" : "/32";
    return { port: String(port), peer: `${address}${bits}` };
  });

/** The numbers of an app's instances on this host, from 1 on. */
export function instances(app: App): number[] {
  return Array.from({ length: app.process?.instances ?? 1 }, (_, index) => index + 1);
}

/** The services of an app on this host; none for one that runs nothing here. */
export const serviceUnits = (app: App): string[] =>
  app.process ? instances(app).map((instance) => serviceUnit(app.name, instance)) : [];

/** How requests are shared out among an app's places, with everything said. */
export interface Sharing {
  method: BalanceMethod;
  sticky: boolean;
  /** How long a place that failed is left out, in seconds; also the time in which its failures are counted. */
  failSeconds: number;
  /** Failures after which it is left out; 0 for never. */
  maxFails: number;
  /** How long a request waits for a free connection, in seconds, where that is said. */
  queueSeconds: number | null;
}

/** How requests are shared out among an app's places. */
export function sharing({ balance = {}, servers }: App): Sharing {
  return {
    method: balance.method ?? BalanceMethod.RoundRobin,
    sticky: balance.sticky ?? false,
    failSeconds: balance.failSeconds ?? 10,
    // systemd starts an instance again while its socket lets requests wait; a server elsewhere may be gone for long.
    maxFails: balance.maxFails ?? (servers ? 3 : 0),
    queueSeconds: balance.queueSeconds ?? null,
  };
}

/** Most places that one request is tried at. */
export const mostTries = 3;

/** Seconds for a server elsewhere to take a connection: one of a private network does so in milliseconds, or is not there. */
export const serverConnectSeconds = 2;

/** Name of the cookie by which a sticky app's clients stay where they are. App names have no underscores, so none is another's. */
export const stayCookie = (app: string): string => `landfall_${app.replaceAll("-", "_")}`;

/** Path of that cookie: the app's own where it has one alone, which cookies can say (RFC 6265, `path-value`). */
export function stayCookiePath({ routes = [] }: App): string {
  const paths = new Set(routes.map(({ path = "/" }) => path));
  const [only = "/"] = paths;
  return paths.size === 1 && !only.includes(";") ? only : "/";
}

/** What the cookie says beside the place. The client's scripts need not know; plain HTTP never carries it. */
export const stayCookieAttributes = (app: App): string =>
  `; Path=${stayCookiePath(app)}; Secure; HttpOnly; SameSite=Lax`;
