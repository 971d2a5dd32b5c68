import type { AppTls } from "./app-tls";
import { Balance, BalancedServer, ServersTls } from "./balance";
import { Cache } from "./route/cache";
import { Files } from "./route/files";
import { Freshness } from "./route/freshness";
import type { Cors } from "./route/cors";
import type { Limits } from "./route/limits";
import type { HttpMethod } from "./route/methods";
import type { Security } from "./route/security";

/** How the app gets the socket it answers on. */
export const ListenVia = {
  /** systemd holds the socket and hands it over as file descriptor 3; no request is lost while the app restarts. */
  Activation: "activation",
  /** The app makes its own unix socket at `socketPath(app)`. */
  Socket: "socket",
  /** The app listens on a TCP port of the loopback address. */
  Port: "port",
} as const;
export type ListenVia = (typeof ListenVia)[keyof typeof ListenVia];

/** How systemd learns that the app is ready (`Type=` of systemd.service(5)). */
export const ReadyWhen = {
  /** When the program was executed. */
  Started: "exec",
  /** When the program says so by sd_notify(3), as gunicorn does. */
  Notified: "notify",
} as const;
export type ReadyWhen = (typeof ReadyWhen)[keyof typeof ReadyWhen];

/** How a route's requests are answered. */
export const ServeBy = {
  /** The web server hands them to the app. */
  Proxy: "proxy",
  /** The web server answers from files. */
  Files: "files",
  /** The web server answers GET and HEAD from a file where there is one; everything else it hands to the app. */
  FilesFirst: "files-first",
} as const;
export type ServeBy = (typeof ServeBy)[keyof typeof ServeBy];

/** A git repository at one commit, tag or branch. */
export interface GitSource {
  /** Address that `git fetch` takes, without credentials, e.g. `https://git.example.com/team/blog.git`. */
  url: string;
  /** Commit, tag or branch. A commit is the only one that cannot move. @example "v1.4.2" */
  ref: string;
  /** Folder of the repository that holds the app. @default the repository's root @example "services/blog" */
  directory?: string;
}

/** A package from the Python package index that is the app by itself. */
export interface PackageSource {
  /** Name on the index. @example "gramex" */
  name: string;
  /** Exact version. @example "1.94.5" */
  version: string;
  /** Extras, e.g. `["standard"]`. @default none */
  extras?: string[];
}

/** Where an app's code comes from: exactly one of the three; none of them for an app that runs elsewhere (`servers`). */
export interface Source {
  /**
   * A folder on the machine that runs Pulumi, absolute or from the folder of Pulumi.yaml.
   * @default none
   * @example "apps/api"
   */
  directory?: string;
  /** A git repository, fetched by the host. @default none */
  git?: GitSource;
  /** A package, installed by the host. @default none */
  package?: PackageSource;
  /**
   * Names that are left out of a directory, as glob patterns of one path segment.
   * @default .git, __pycache__, node_modules, .venv and the like
   * @example ["*.log", "drafts"]
   */
  exclude?: string[];
}

/** The Python environment of an app: one virtual environment, shared by releases that ask for the same. */
export interface Python {
  /** Requirements file inside the source, installed into the environment. @default none @example "requirements.txt" */
  requirements?: string;
  /** Requirements by themselves, e.g. `["gunicorn==27.0.1"]`. @default none */
  packages?: string[];
  /** Debian packages needed only while installing, e.g. `["gcc", "python3-dev"]`. @default none */
  buildPackages?: string[];
}

/** How the app is run. */
export interface Process {
  /**
   * Program and arguments. A program without a slash is looked up in the app's Python environment if it has one, else
   * on the host's PATH; one with a relative path is looked up in the release. Runs in the folder of the code.
   * @example ["uvicorn", "main:app", "--fd", "3"]
   */
  command: string[];
  /** When it counts as started. @default Started */
  ready?: ReadyWhen;
  /** Signal that asks it to stop. @default SIGTERM */
  stopSignal?: string;
  /** Send the stop signal to the main process only (`KillMode=mixed`), for servers that stop their own workers. @default false */
  stopsOwnWorkers?: boolean;
  /** Signal that reloads it in place. @default none, so it is restarted @example "SIGHUP" */
  reloadSignal?: string;
  /** Longest time it needs to finish requests when stopped, in seconds. systemd waits 5 s longer. @default 30 */
  gracefulSeconds?: number;
  /**
   * How many of it run on this host, each with a socket of its own that systemd hands over. They share code, data folder, secrets
   * and Redis; `balance` says who gets a request. At most 64.
   * @default 1
   * @example 4
   */
  instances?: number;
}

/** The app's sockets. */
export interface Listen {
  /** @default Activation */
  via?: ListenVia;
  /** Loopback port, with `via: Port`. @default none @example 8000 */
  port?: number;
  /**
   * TCP ports on every address of the host that systemd hands over after the app's own socket, for apps that do not
   * speak HTTP, or end TLS themselves (`tls`) and have no routes: those have no other socket. 443 is free for them where no app of
   * the host has routes.
   * @default none
   * @example [2525]
   */
  publicPorts?: number[];
  /** Longest queue of connections not yet accepted (`Backlog=`). @default 4096, Linux's somaxconn */
  backlog?: number;
}

/** One address the app answers at. */
export interface Route {
  /**
   * Host name, e.g. `www.example.com`; or `*.example.com` or `ws.*`, for every host name that another route of the host has
   * written out and that fits: `*` is one label or more. Where a host name has a route of its own at the same path, that one
   * answers.
   */
  domain: string;
  /** Path prefix, starting and ending with a slash. Of two that fit, the longer one answers. @default "/" */
  path?: string;
  /**
   * A regular expression in place of `path`, held against the beginning of the path, decoded and without its query: `/api/v\d`
   * is for `/api/v2/users`, `/v2$` for nothing but `/v2`. Patterns are asked before prefixes, in the order in which they are
   * written, apps first to last; a bare prefix (`/app` for `/app/`) is sent to its slash before that. Only what web servers
   * read alike, and can be tried in one way or few, is taken: letters, `.`, classes, groups, `|`, repeats, `$` at the end.
   * @default none
   * @example "/dataserver2?|/.*\/Search/"
   */
  pattern?: string;
  /** Take the prefix off before the app sees the path, and put it back on redirects and cookies. @default false */
  stripPrefix?: boolean;
  /** Allow websockets, with the long timeouts they need. @default false */
  websocket?: boolean;
  /**
   * Answers that go on, such as server-sent events: what the app writes is passed on at once, and it may be silent for as
   * long as a websocket.
   * @default false
   */
  stream?: boolean;
  /**
   * Take a request body in as a whole before the app sees it, so that a slow client does not hold it up. Without, the app
   * reads as the client sends.
   * @default true
   */
  bufferRequests?: boolean;
  /**
   * Take answers off the app as fast as it writes them, so that a slow client does not hold it up. Without, what it writes is
   * passed on at once.
   * @default true, false with stream
   */
  bufferAnswers?: boolean;
  /** @default Proxy */
  serve?: ServeBy;
  /** Folder that is served, with `serve: Files` or `FilesFirst`. @default the release's root @example "public" */
  directory?: string;
  /** How files are found, with `serve: Files` or `FilesFirst`. @default in the release @example { from: "data" } */
  files?: Files;
  /** How long browsers and a CDN may use answers. @default what the app says; files up to a week @example { seconds: 2592000 } */
  freshness?: Freshness;
  /** Keep the app's answers in the web server. @default every request is the app's @example { keep: [{ statuses: [200], seconds: 60 }] } */
  cache?: Cache;
  /**
   * Compress answers on the way. Not for pages that show a secret beside what a stranger made the browser send: its length
   * tells the secret, bit by bit (BREACH).
   * @default true
   */
  compress?: boolean;
  /** Largest request body, in MiB. @default 10 */
  maxBodyMiB?: number;
  /**
   * Longest silence of the app before nginx answers 504, in seconds. Below the 60 s of an AWS balancer.
   * @default 55, 3600 for websockets and streams
   */
  readTimeoutSeconds?: number;
  /** Headers for browsers, and files that are kept back. @default the usual headers, all files */
  security?: Security;
  /** Pages of other origins that may read the answers. @default what the app says by itself */
  cors?: Cors;
  /** How much one client may ask. @default no limit @example { requestsPerMinute: 10 } */
  limits?: Limits;
  /** Methods that are answered, HEAD wherever GET is; others are refused with 405. @default all @example ["GET", "POST"] */
  methods?: HttpMethod[];
}

/** Something outside the host that the app may connect to. Everything else is closed. */
export interface Reach {
  /**
   * A purpose (`ssh`, `smtp`, `http`, `ldap`, `https`, `smtps`, `submission`, `ldaps`, `rdp`), a port or a range
   * `8000-8010`.
   * @example "submission"
   */
  port: string;
  /** Host name or CIDR. @default anywhere @example "smtp.example.com" */
  peer?: string;
}

/** A secret of the app. Its value is never part of the plan; the host gets it as a parameter or makes it up. */
export interface Secret {
  /** Name, e.g. `cookie-secret`. The app finds the value in the file `$CREDENTIALS_DIRECTORY/<name>`. */
  name: string;
  /**
   * Environment variable that also carries the value, for apps that cannot read a file.
   * @default none
   * @example "COOKIE_SECRET"
   */
  environment?: string;
  /** The host makes up 32 random bytes (hex) at the first apply when no value is given. @default false */
  generate?: boolean;
}

/** A weakening of the sandbox, with its reason. */
export interface Relaxation {
  /** Directive of systemd.exec(5), e.g. `MemoryDenyWriteExecute`. */
  directive: string;
  /** Its value in the unit, e.g. `no`. */
  value: string;
  /** Why this app needs it; written into the unit as a comment. @example "numba compiles while it runs" */
  reason: string;
}

/**
 * What proves that the app works. Asked through the web server for an app with routes, else on its first public port: by HTTPS
 * where the app ends TLS itself.
 */
export interface HealthCheck {
  /** Path below the app's first route, or the root of an app that ends TLS itself; without a leading slash. @default "" */
  path?: string;
  /** Expected status. @default 200 */
  status?: number;
  /**
   * Text that the answer (or the greeting of an app without routes) contains, so that a stranger's page never counts.
   * @default none
   * @example "ok"
   */
  contains?: string;
  /** Longest time from start to the first good answer, in seconds. @default 60 */
  startSeconds?: number;
}

/** What a Redis does once its memory is full (its setting `maxmemory-policy`). */
export const RedisWhenFull = {
  /** Forgets what would expire anyway, the longest unused first; without any such, it refuses to write. For sessions. */
  ForgetExpiring: "volatile-lru",
  /** Forgets whatever was not used for the longest time. For a cache and nothing else. */
  Forget: "allkeys-lru",
  /** Refuses to write: nothing is ever lost. For queues. */
  Refuse: "noeviction",
} as const;
export type RedisWhenFull = (typeof RedisWhenFull)[keyof typeof RedisWhenFull];

/**
 * A Redis for this app alone, for sessions, a cache or a queue of messages. On one host it runs beside the app, behind a socket
 * that no other app can open; in a fleet all machines share one of ElastiCache. The app finds its address in a variable:
 * `unix:///…` on a host, `rediss://…` in a fleet.
 */
export interface Redis {
  /** Environment variable that carries the address. @default "REDIS_URL" @example "CACHE_URL" */
  environment?: string;
  /**
   * Most memory for what it keeps, in MiB, 8 to 65,536. In a fleet the type of its nodes decides, which has to have as much.
   * @default 64
   * @example 256
   */
  memoryMiB?: number;
  /** What it does once that is full. @default ForgetExpiring */
  whenFull?: RedisWhenFull;
}

/** What runs: one app, as plain data. Made by hand or by a preset such as `gramex()`. */
export interface App {
  /**
   * Lower case letters, digits and hyphens, at most 24 characters; names the user, units, folders and sockets.
   * @example "api"
   */
  name: string;
  /** Where the code comes from. */
  source: Source;
  /** Its Python environment. @default none */
  python?: Python;
  /** Debian packages it needs while running. @default none @example ["libpq5"] */
  packages?: string[];
  /** Debian releases it can run on. @default 12 and 13 */
  debian?: number[];
  /** How it is run. @default nothing runs: the web server serves its files */
  process?: Process;
  /**
   * Where it answers when it runs elsewhere: requests are shared out among these, and nothing runs here. `source` is `{}` then,
   * unless routes serve files of it.
   * @default it runs here
   * @example [{ address: "10.0.1.12", port: 8080 }, { address: "10.0.1.13", port: 8080 }]
   */
  servers?: BalancedServer[];
  /**
   * TLS to these servers.
   * @default none: they are asked in plain HTTP, and have to be on a private network
   */
  serversTls?: ServersTls;
  /** How requests are shared out among its servers or its instances. @default one after the other */
  balance?: Balance;
  /** Its sockets. @default one socket, handed over by systemd */
  listen?: Listen;
  /** TLS that it ends itself. @default none: the web server does @example { domain: "app.example.com" } */
  tls?: AppTls;
  /** Where it answers. @default nowhere through the web server */
  routes?: Route[];
  /** Environment variables. Never for secrets. @default none @example { LOG_LEVEL: "info" } */
  environment?: Record<string, string>;
  /** @default none */
  secrets?: Secret[];
  /**
   * Folders below the app's data folder that exist before it starts. The data folder itself always does.
   * @default none
   * @example ["uploads"]
   */
  data?: string[];
  /**
   * Folders of the same kind that all machines of a fleet share. On one host they are as those of `data`. For files that are
   * written as a whole, such as uploads: the locks of SQLite do not hold there.
   * @default none
   * @example ["uploads"]
   */
  sharedData?: string[];
  /** A Redis of its own. @default none @example { memoryMiB: 128 } */
  redis?: Redis;
  /** @default nothing */
  reach?: Reach[];
  /** @default none: the full sandbox */
  relax?: Relaxation[];
  /** @default the first route answers 200 */
  health?: HealthCheck;
}
