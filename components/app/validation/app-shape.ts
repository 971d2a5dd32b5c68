import {
  App,
  GitSource,
  HealthCheck,
  Listen,
  ListenVia,
  PackageSource,
  Process,
  Python,
  Reach,
  ReadyWhen,
  Redis,
  RedisWhenFull,
  Relaxation,
  Route,
  Secret,
  ServeBy,
  Source,
} from "../app";
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
  },
  ["command"],
);

const listen = object<Listen>({ via: choice(ListenVia), port: number, publicPorts: list(number), backlog: number }, []);

const route = object<Route>(
  {
    domain: text,
    path: text,
    stripPrefix: boolean,
    websocket: boolean,
    serve: choice(ServeBy),
    directory: text,
    maxBodyMiB: number,
    readTimeoutSeconds: number,
    security: securityShape,
    cors: corsShape,
    limits: limitsShape,
    methods: methodsShape,
  },
  ["domain"],
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
