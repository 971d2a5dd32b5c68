import { App } from "./app";
import { redisFolder } from "./paths";

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

/** Variable that carries the address where the description names none. */
const usualVariable = "REDIS_URL";

/** Name of the secret that carries the address of a Redis elsewhere: it has a password in it. */
export const redisSecret = "redis-url";

/** Where a Redis of ElastiCache, and any other by default, answers (IANA, "redis"). */
export const redisPort = "6379";

/** A Redis with nothing left out. */
export type WholeRedis = Required<Redis>;

/** What is asked for, with the defaults. */
export function wholeRedis(redis: Redis): WholeRedis {
  const { memoryMiB = 64, whenFull = RedisWhenFull.ForgetExpiring } = redis;
  return { environment: redisVariable(redis), memoryMiB, whenFull };
}

/** The variable that carries the address. */
export const redisVariable = ({ environment = usualVariable }: Redis): string => environment;

/** Socket of an app's own Redis. */
export const redisSocket = (app: string): string => `${redisFolder(app)}/redis.sock`;

/** Address of an app's own Redis, as redis-py, go-redis and others take that of a socket. */
export const ownRedisUrl = (app: string): string => `unix://${redisSocket(app)}`;

/**
 * The app where its Redis is elsewhere: the address is a secret, because there is a password in it, and the app may go
 * there. Without a Redis, the app as it is.
 */
export function withRemoteRedis(app: App): App {
  if (!app.redis) return app;
  const { redis, ...others } = app;
  return {
    ...others,
    secrets: [...(app.secrets ?? []), { name: redisSecret, environment: redisVariable(redis) }],
    reach: [...(app.reach ?? []), { port: redisPort }],
  };
}
