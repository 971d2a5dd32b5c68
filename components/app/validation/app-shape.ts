import { App } from "../app";
import { HealthCheck } from "../health-check";
import { Listen, ListenVia } from "../listen";
import { Process, ReadyWhen } from "../process";
import { Python } from "../python";
import { Reach } from "../reach";
import { Redis, RedisWhenFull } from "../redis";
import { Relaxation } from "../relaxation";
import { Route, ServeBy } from "../route/route";
import { Secret } from "../secret";
import { GitSource, PackageSource, Source } from "../source";
import { Balance, BalancedServer, BalanceMethod, ServersTls } from "../balance";
import { Cache, CacheTime } from "../route/cache";
import { Files, FilesFrom } from "../route/files";
import { Freshness } from "../route/freshness";
import { corsShape, limitsShape, methodsShape, securityShape } from "./hardening-shape";
import { boolean, choice, list, number, object, text, texts } from "./shape";

const source = object<Source>(
  {
    directory: text,
    git: object<GitSource>({ url: text, ref: text, directory: text }, ["url", "ref"]),
    package: object<PackageSource>({ name: text, version: text, extras: list(text) }, ["name", "version"]),
    exclude: list(text),
  },
  [],
);

const python = object<Python>({ requirements: text, packages: list(text), buildPackages: list(text) }, []);

const process = object<Process>(
  {
    command: list(text),
    ready: choice(ReadyWhen),
    stopSignal: text,
    stopsOwnWorkers: boolean,
    reloadSignal: text,
    gracefulSeconds: number,
    instances: number,
  },
  ["command"],
);

const listen = object<Listen>({ via: choice(ListenVia), port: number, publicPorts: list(number), backlog: number }, []);

const files = object<Files>({ from: choice(FilesFrom), index: list(text), precompressed: boolean }, []);
const freshness = object<Freshness>(
  {
    seconds: number,
    pageSeconds: number,
    sharedSeconds: number,
    staleSeconds: number,
    private: boolean,
    immutable: boolean,
  },
  ["seconds"],
);
const cacheTime = object<CacheTime>({ statuses: list(number), seconds: number }, ["statuses", "seconds"]);
const cache = object<Cache>({ zone: text, keep: list(cacheTime), loginCookies: list(text), stale: boolean }, []);

const route = object<Route>(
  {
    domain: text,
    path: text,
    pattern: text,
    stripPrefix: boolean,
    websocket: boolean,
    stream: boolean,
    bufferRequests: boolean,
    bufferAnswers: boolean,
    serve: choice(ServeBy),
    directory: text,
    files,
    freshness,
    cache,
    compress: boolean,
    maxBodyMiB: number,
    readTimeoutSeconds: number,
    security: securityShape,
    cors: corsShape,
    limits: limitsShape,
    methods: methodsShape,
  },
  ["domain"],
);

const server = object<BalancedServer>(
  { address: text, port: number, weight: number, backup: boolean, maxConnections: number },
  ["address", "port"],
);
const serversTls = object<ServersTls>({ name: text, authority: text }, []);
const balance = object<Balance>(
  { method: choice(BalanceMethod), sticky: boolean, failSeconds: number, maxFails: number, queueSeconds: number },
  [],
);

const redis = object<Redis>({ environment: text, memoryMiB: number, whenFull: choice(RedisWhenFull) }, []);
const reach = object<Reach>({ port: text, peer: text }, ["port"]);
const secret = object<Secret>({ name: text, environment: text, generate: boolean }, ["name"]);
const relaxation = object<Relaxation>({ directive: text, value: text, reason: text }, ["directive", "value", "reason"]);
const health = object<HealthCheck>({ path: text, status: number, contains: text, startSeconds: number }, []);

/** The shape of a description: every property of `App`, with the type it has to have. */
export const appShape = object<App>(
  {
    name: text,
    source,
    python,
    packages: list(text),
    debian: list(number),
    process,
    servers: list(server),
    serversTls,
    balance,
    listen,
    routes: list(route),
    environment: texts,
    secrets: list(secret),
    data: list(text),
    sharedData: list(text),
    redis,
    reach: list(reach),
    relax: list(relaxation),
    health,
  },
  ["name", "source"],
);
