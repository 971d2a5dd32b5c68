import { App } from "../../app/app";
import { Redis } from "../../app/redis";
import { appUser, redisDataFolder, redisDirectory, redisFolder } from "../../app/paths";
import { redisSocket, wholeRedis } from "../../app/redis";
import { Guest } from "../guest";
import { restrictions } from "./sandbox";
import { restarting } from "./service";
import { because, section, setting, Unit, unit } from "./tree";
import { command, Expression, words } from "./word";

/** A client needs one, and Redis keeps 32 for itself; it lets 10,000 clients in. */
const openFiles = 10_032;

/**
 * The unit of an app's own Redis. It runs as the app's user, which alone can open its socket, and has no network. What it keeps
 * is on disk within a second, so that sessions outlive a restart of the host.
 */
export function redisUnitOf(app: App, redis: Redis, guest: Guest): Unit {
  return unit(
    section("Unit", [setting("Description", `Redis of app ${app.name}`), setting("StartLimitIntervalSec", 0)]),
    section("Service", [
      setting("Type", "notify"),
      setting("User", appUser(app.name)),
      setting("Group", appUser(app.name)),
      setting("RuntimeDirectory", redisDirectory(app.name)),
      setting("RuntimeDirectoryMode", "0700"),
      setting("WorkingDirectory", redisFolder(app.name)),
      setting("ExecStart", serverCommand(app, redis, guest)),
      because("it reads what it has kept before it is ready", setting("TimeoutStartSec", 300)),
      setting("TimeoutStopSec", 60),
      ...restarting(guest),
      setting("LimitNOFILE", openFiles),
      because("a copy of itself writes the file anew", setting("MemoryMax", `${mostMemoryMiB(redis)}M`)),
      ...restrictions,
      setting("UMask", "0077"),
      setting("PrivateNetwork", true),
      setting("RestrictAddressFamilies", "AF_UNIX"),
      setting("IPAddressDeny", "any"),
      setting("ReadWritePaths", words(redisDataFolder(app.name))),
    ]),
    section("Install", [setting("WantedBy", "multi-user.target")]),
  );
}

/** Twice what it keeps while a copy of it writes, and what program and clients take. */
const mostMemoryMiB = (redis: Redis): number => 2 * wholeRedis(redis).memoryMiB + 64;

/** Everything by the command line: a file of its own would be one more thing to keep in step with the unit. */
function serverCommand(app: App, redis: Redis, guest: Guest): Expression {
  const { memoryMiB, whenFull } = wholeRedis(redis);
  const settings: Readonly<Record<string, string>> = {
    supervised: "systemd",
    port: "0",
    unixsocket: redisSocket(app.name),
    unixsocketperm: "700",
    dir: redisDataFolder(app.name),
    maxmemory: `${memoryMiB}mb`,
    "maxmemory-policy": whenFull,
    appendonly: "yes",
    appendfsync: "everysec",
    // The file of what was written is enough; snapshots beside it would be a second copy.
    save: "",
  };
  return command(guest.redis.program, ...Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]));
}
