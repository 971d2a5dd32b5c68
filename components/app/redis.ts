import { App, Redis, RedisWhenFull } from "./app";
import { redisFolder } from "./paths";

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
