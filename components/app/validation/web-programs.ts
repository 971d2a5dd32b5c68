import { App } from "../app";
import { Route } from "../route/route";
import { Web, WebProgram } from "../web";
import { Report } from "./report";

/**
 * Whether a program can do what a property says: `true`, or why it cannot, as the rest of a sentence that begins with the
 * value. Where it depends on the value: the same for each value of a choice, for each property of an object or of the
 * objects of a list, and for `false` where that asks for something.
 */
export type Ability<V> =
  | true
  | string
  | (V extends boolean ? { readonly false: string } : never)
  | (V extends readonly (infer Element)[]
      ? Abilities<Element>
      : V extends string
        ? string extends V
          ? never
          : { readonly [Value in V]: true | string }
        : V extends object
          ? Abilities<V>
          : never);

/** What a program can do of what an object says. A new property does not compile until it is decided. */
export type Abilities<T> = { readonly [K in keyof Required<T>]: Ability<Required<T>[K]> };

/** What a program can do. */
export interface ProgramAbilities {
  /** Its name in messages. */
  readonly name: string;
  readonly web: Abilities<Web>;
  readonly route: Abilities<Route>;
  /** Of an app with routes. */
  readonly app: Abilities<OfApp>;
}

/** What an app says of the places where it answers. */
type OfApp = Pick<App, "servers" | "serversTls" | "balance" | "tls">;

/** All ways of sharing out requests among servers and instances. */
const sharesOut = { servers: true, serversTls: true, balance: true } as const;

/** What the programs can do. What one of them cannot is an error, never silence. */
export const programAbilities: Readonly<Record<WebProgram, ProgramAbilities>> = {
  nginx: {
    name: "nginx",
    web: {
      program: true,
      logs: true,
      front: true,
      drainSeconds: true,
      caches: true,
      compressTypes: true,
      keepAliveSeconds: true,
      domains: true,
      ports: true,
      certificate: true,
    },
    route: {
      domain: true,
      path: true,
      stripPrefix: true,
      websocket: true,
      serve: true,
      directory: true,
      maxBodyMiB: true,
      readTimeoutSeconds: true,
      pattern: true,
      stream: true,
      bufferRequests: true,
      bufferAnswers: true,
      files: true,
      freshness: true,
      cache: true,
      compress: true,
      security: true,
      cors: true,
      limits: true,
      methods: true,
    },
    app: {
      ...sharesOut,
      tls: true,
      balance: {
        method: true,
        sticky: true,
        failSeconds: true,
        maxFails: true,
        queueSeconds: "cannot be done by nginx, which lets no request wait for a free connection",
      },
    },
  },
  apache: {
    name: "Apache httpd",
    web: {
      program: true,
      logs: true,
      front: "is for nginx alone, which it stands in front of",
      drainSeconds: "cannot be told to httpd, whose old processes stay until their last connection ends",
      caches: "are of no use to httpd, which keeps no answers of apps",
      compressTypes: true,
      keepAliveSeconds: true,
      domains: {
        domain: true,
        aliases: true,
        redirects: true,
        http: true,
        ports: true,
        certificate: true,
        files: true,
      },
      ports: true,
      certificate: true,
    },
    route: {
      domain: true,
      path: true,
      stripPrefix: true,
      websocket: true,
      serve: true,
      directory: true,
      maxBodyMiB: true,
      readTimeoutSeconds: true,
      pattern: true,
      stream: true,
      bufferRequests: "is not written for httpd, which hands bodies on as they come",
      bufferAnswers: "is not written for httpd, which hands answers on as they come",
      files: true,
      freshness: true,
      cache:
        "cannot be kept whole by httpd: mod_cache lets the first who finds an answer too old wait for the app, and keeps no status for a time of its own",
      compress: true,
      security: true,
      cors: true,
      limits:
        "are not kept by httpd: mod_qos, the module of Debian for it, counts in fixed times without a burst, and no connections by HTTP/2",
      methods: true,
    },
    app: {
      servers: {
        address: true,
        port: true,
        weight: true,
        backup: true,
        maxConnections: "is counted by each process of httpd apart, so that nobody would hold it",
      },
      serversTls: true,
      balance: {
        method: {
          "round-robin": true,
          "least-connections": true,
          "client-address": "cannot be done by httpd, which knows clients by cookies alone (sticky)",
        },
        sticky: true,
        failSeconds: true,
        maxFails: true,
        queueSeconds: "has no effect on httpd, which holds no limit of connections",
      },
      tls: true,
    },
  },
  haproxy: {
    name: "HAProxy",
    web: {
      program: true,
      logs: "are files, and HAProxy writes none: what was asked for is in the journal",
      front: "has no effect: HAProxy ends TLS itself",
      drainSeconds:
        "is not told to HAProxy, which ends old connections after the longest answer, and websockets after 5 minutes",
      caches: "has no effect: HAProxy keeps nothing on disk",
      compressTypes: true,
      keepAliveSeconds: true,
      domains: {
        domain: true,
        aliases: true,
        redirects: true,
        http: true,
        ports: true,
        certificate: true,
        files: true,
      },
      ports: true,
      certificate: true,
    },
    route: {
      domain: true,
      path: true,
      stripPrefix: true,
      websocket: true,
      serve: {
        proxy: true,
        files: "has no effect: HAProxy answers from no files",
        "files-first": "has no effect: HAProxy answers from no files",
      },
      directory: "has no effect: HAProxy answers from no files",
      maxBodyMiB: true,
      readTimeoutSeconds: true,
      pattern: true,
      stream: true,
      bufferRequests: "has no effect: HAProxy hands bodies on as they come",
      bufferAnswers: "has no effect: HAProxy hands answers on as they come",
      files: "has no effect: HAProxy answers from no files",
      freshness: true,
      cache: "has no effect: HAProxy keeps nothing on disk",
      compress: true,
      security: true,
      cors: true,
      limits: true,
      methods: true,
    },
    app: { ...sharesOut, tls: true },
  },
};

/**
 * Says what of a description the chosen program cannot do.
 *
 * @param abilities what it can do
 */
export function checkProgram(
  web: Web,
  apps: readonly App[],
  root: Report,
  abilities: ProgramAbilities = programAbilities[web.program ?? WebProgram.Nginx],
): void {
  const { name, web: ofWeb, route: ofRoute, app: ofApp } = abilities;
  if (!able(ofWeb.program, web.program, root.in("web", "program"), name)) return; // the rest would only confuse
  able(ofWeb, web, root.in("web"), name);
  apps.forEach((app, index) => {
    able(ofRoute, app.routes, root.in("apps", index, "routes"), name);
    if (app.routes?.length) able(ofApp, app, root.in("apps", index), name);
  });
}

/** Walks a value along what the program can do of it. Nothing asks for nothing, and so does false unless the table says so. */
function able(ability: unknown, value: unknown, report: Report, program: string): boolean {
  if (ability === true || value === undefined || value === null) return true;
  if (typeof value === "boolean" && typeof ability === "object") {
    const reason = value ? undefined : (ability as { false?: string }).false;
    return reason === undefined || able(reason, "false", report, program);
  }
  if (value === false) return true;
  if (typeof ability === "string") {
    report.refuse(value, ability, `leave it out, or take another web server than ${program}`);
    return false;
  }
  const parts = ability as Readonly<Record<string, unknown>>;
  if (typeof value === "string") return able(parts[value] ?? true, value, report, program);
  if (Array.isArray(value))
    return value.map((one, index) => able(ability, one, report.in(index), program)).every(Boolean);
  return Object.entries(value)
    .map(([key, one]) => able(parts[key] ?? true, one, report.in(key), program))
    .every(Boolean);
}
