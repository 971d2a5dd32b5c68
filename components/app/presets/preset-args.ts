import { App } from "../app";
import { HealthCheck } from "../health-check";
import { Process } from "../process";
import { Reach } from "../reach";
import { Redis } from "../redis";
import { Relaxation } from "../relaxation";
import { Route } from "../route/route";
import { Secret } from "../secret";
import { Source } from "../source";
import { Balance } from "../balance";

/** What every preset takes, and hands on as it is. */
export interface PresetArgs {
  /**
   * Lower case letters, digits and hyphens, at most 24 characters; names the user, units, folders and sockets.
   * @example "api"
   */
  name: string;
  /** Where the code comes from. */
  source: Source;
  /** Where it answers. @default nowhere through the web server */
  routes?: Route[];
  /**
   * Environment variables, beside those of the preset. Never for secrets.
   * @default none
   * @example { LOG_LEVEL: "info" }
   */
  environment?: Record<string, string>;
  /** Secrets, beside those of the preset or, by the same name, in place of one. @default none */
  secrets?: Secret[];
  /** Folders below the app's data folder that exist before it starts. @default none @example ["uploads"] */
  data?: string[];
  /** Folders of the same kind that all machines of a fleet share. @default none @example ["uploads"] */
  sharedData?: string[];
  /** A Redis of its own, whose address is in `REDIS_URL` or a variable of its choice. @default none @example { memoryMiB: 128 } */
  redis?: Redis;
  /** What the app may connect to outside the host. @default nothing */
  reach?: Reach[];
  /** Weakenings of the sandbox, beside those of the preset. @default none */
  relax?: Relaxation[];
  /** Debian packages it needs while running. @default none @example ["libpq5"] */
  packages?: string[];
  /** What proves that the app works. @default the first route answers 200 */
  health?: HealthCheck;
  /** Queue of connections not yet accepted; they wait here while the app restarts. @default 4096, Linux's somaxconn */
  backlog?: number;
  /** Longest time to finish requests when stopped, in seconds. @default 30 */
  gracefulSeconds?: number;
  /** How many of it run on the host, each with a socket of its own. @default 1 @example 4 */
  instances?: number;
  /** How requests are shared out among them. @default one after the other @example { sticky: true } */
  balance?: Balance;
}

/** What every preset for a Python server takes. */
export interface PythonPresetArgs extends PresetArgs {
  /** Requirements file inside the source. @default none @example "requirements.txt" */
  requirements?: string;
  /** Requirements by themselves, beside the server's own. @default none @example ["orjson==3.11.4"] */
  pythonPackages?: string[];
  /**
   * Debian packages needed only while installing, beside those of the preset.
   * @default none
   * @example ["gcc", "python3-dev"]
   */
  buildPackages?: string[];
  /** Debian releases the app can run on. @default what the server can run on @example [12] */
  debian?: number[];
  /** Install the server beside the app's own requirements. False when the requirements file brings it. @default true */
  installServer?: boolean;
}

/** What a preset for a Python server decides by itself. */
export interface PythonServer {
  /** The server's requirement, e.g. `gunicorn==27.0.1`. */
  requirement: string;
  buildPackages?: string[];
  environment?: Record<string, string>;
  secrets?: Secret[];
  relax?: Relaxation[];
  debian?: number[];
}

/** The longest queue of connections that Linux keeps by default (net.core.somaxconn). */
export const longestBacklog = 4096;

/** Seconds a stopping app gets to finish its requests; systemd waits 35. */
export const defaultGracefulSeconds = 30;

/**
 * Seconds that an app keeps an idle connection: longer than the 60 that nginx keeps it, so that it is never the app that
 * hangs up just when a request is on its way.
 */
export const keepAliveSeconds = 75;

/** The part of an app that is the same for all Python servers: source, environment, what is handed on. */
export function pythonApp(args: PythonPresetArgs, server: PythonServer): App {
  const own = args.installServer === false ? [] : [server.requirement];
  return {
    ...handedOn(args, server),
    python: withoutAbsent({
      requirements: args.requirements,
      packages: some([...own, ...(args.pythonPackages ?? [])]),
      buildPackages: some([...(server.buildPackages ?? []), ...(args.buildPackages ?? [])]),
    }),
    ...withoutAbsent({ debian: args.debian ?? server.debian }),
  };
}

/** What is handed on from the arguments, joined with what the preset adds. */
export function handedOn(args: PresetArgs, added: Partial<PythonServer> = {}): App {
  const environment = { ...added.environment, ...args.environment };
  const own = new Set(args.secrets?.map(({ name }) => name));
  return {
    name: args.name,
    source: args.source,
    ...withoutAbsent({
      routes: args.routes,
      environment: Object.keys(environment).length > 0 ? environment : undefined,
      secrets: some([...(added.secrets ?? []).filter(({ name }) => !own.has(name)), ...(args.secrets ?? [])]),
      data: args.data,
      sharedData: args.sharedData,
      redis: args.redis,
      reach: args.reach,
      relax: some([...(added.relax ?? []), ...(args.relax ?? [])]),
      packages: args.packages,
      health: args.health,
      balance: args.balance,
      listen: args.backlog === undefined ? undefined : { backlog: args.backlog },
    }),
  };
}

/**
 * The prefix that was taken off before the app sees a path, without its last slash, when it is the same on all routes:
 * an app can only be told one.
 */
export function strippedPrefix(routes: readonly Route[] | undefined): string | undefined {
  const prefixes = new Set((routes ?? []).map((route) => (route.stripPrefix ? (route.path ?? "/") : "/")));
  const [prefix] = prefixes;
  return prefixes.size === 1 && prefix !== undefined && prefix !== "/" ? prefix.replace(/\/+$/, "") : undefined;
}

const some = <T>(list: T[]): T[] | undefined => (list.length > 0 ? list : undefined);

/** How many of an app run, where that is said. */
export const several = ({ instances }: PresetArgs): Pick<Process, "instances"> => withoutAbsent({ instances });

/** A copy without the properties that are undefined, so that equal descriptions are equal data. */
export function withoutAbsent<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined)) as T;
}
