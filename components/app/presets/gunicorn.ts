import { App } from "../app";
import { Process, ReadyWhen } from "../process";
import {
  defaultGracefulSeconds,
  keepAliveSeconds,
  longestBacklog,
  PresetArgs,
  pythonApp,
  PythonPresetArgs,
  several,
} from "./preset-args";

/** A WSGI app on gunicorn, or an ASGI app with a worker class that speaks it. */
export interface GunicornArgs extends PythonPresetArgs {
  /** The application, `module:attribute`, e.g. `app:app`. */
  app: string;
  /** Version of gunicorn. @default 27.0.1 */
  version?: string;
  /** Worker processes. @default 2 */
  workers?: number;
  /** Threads of each worker, without a worker class. @default 4 */
  threads?: number;
  /**
   * Worker class, e.g. `uvicorn_worker.UvicornWorker`; its package is named in `pythonPackages`. gunicorn's own `asgi`
   * shortens the queue of waiting connections to 100, too few for a restart under load. @default threads
   */
  workerClass?: string;
}

/**
 * A WSGI (or ASGI) app on gunicorn, which finds the socket that systemd holds, and says itself when it is ready.
 *
 * @example
 * gunicorn({ name: "shop", app: "shop.wsgi:application", source: { directory: "shop" },
 *            requirements: "requirements.txt", routes: [{ domain: "shop.example.com" }] });
 */
export function gunicorn(args: GunicornArgs): App {
  const version = args.version ?? gunicornVersion;
  return {
    ...pythonApp(args, { requirement: `gunicorn==${version}` }),
    process: gunicornProcess(args, version, [
      "--workers",
      String(args.workers ?? 2),
      ...(args.workerClass === undefined
        ? ["--threads", String(args.threads ?? 4)]
        : ["--worker-class", args.workerClass]),
    ]),
  };
}

/** The version of gunicorn that is installed unless another is asked for. */
export const gunicornVersion = "27.0.1";

/** How gunicorn is run, with the options that say how many workers of which kind. */
export function gunicornProcess(
  args: PresetArgs & { app: string },
  version: string,
  workers: readonly string[],
): Process {
  const graceful = args.gracefulSeconds ?? defaultGracefulSeconds;
  return {
    command: [
      "gunicorn",
      args.app,
      ...workers,
      ...(hasControlSocket(version) ? ["--no-control-socket"] : []),
      "--forwarded-allow-ips=*",
      "--graceful-timeout",
      String(graceful),
      "--keep-alive",
      String(keepAliveSeconds),
      "--backlog",
      String(args.backlog ?? longestBacklog),
      // Workers show that they live by touching a file, which must not wait for a disk.
      "--worker-tmp-dir",
      "/dev/shm",
    ],
    ready: ReadyWhen.Notified,
    stopsOwnWorkers: true,
    reloadSignal: "SIGHUP",
    gracefulSeconds: graceful,
    ...several(args),
  };
}

/** From 25.1 on, gunicorn opens a control socket below $HOME, and says in the log that it could not. */
function hasControlSocket(version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > 25 || (major === 25 && minor >= 1);
}
