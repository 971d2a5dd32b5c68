import { App } from "../app";
import { ReadyWhen } from "../process";
import { dataFolder } from "../paths";
import { redisVariable } from "../redis";
import { gramexLauncher } from "./launchers";
import { defaultGracefulSeconds, pythonApp, PythonPresetArgs, several } from "./preset-args";

/** A Gramex app. */
export interface GramexArgs extends PythonPresetArgs {
  /** Version of Gramex. @default 1.94.5 */
  version?: string;
  /** Largest request body that Gramex takes, in MiB; the routes' own limits hold as well. @default 100 */
  maxBodyMiB?: number;
  /** Serve only documents, images, media, fonts and front-end files, as Gramex's `deploy.yaml` says. @default true */
  restrictFiles?: boolean;
}

/**
 * A Gramex app on the socket that systemd holds, started by a launcher that waits for open requests when it is stopped
 * and that gives safe defaults for what Gramex leaves open: a cookie secret made up by the host at the first apply, no
 * tracebacks for visitors, no directory listings, no report to its maker, limits on headers and bodies. Where the app's
 * own `gramex.yaml` says otherwise, it wins, but for the cookie secret. With a Redis, sessions are kept there. In a fleet the
 * cookie secret has to be the same on all machines: ask for it by `secrets`, without `generate`.
 *
 * @example
 * gramex({ name: "dashboard", source: { directory: "dashboard" }, reach: [{ port: "submission", peer: "mail.example.com" }],
 *          routes: [{ domain: "www.example.com", path: "/dashboard/", stripPrefix: true }] });
 */
export function gramex(args: GramexArgs): App {
  const graceful = args.gracefulSeconds ?? defaultGracefulSeconds;
  return {
    ...pythonApp(args, {
      requirement: `gramex==${args.version ?? "1.94.5"}`,
      environment: { GRAMEXDATA: dataFolder(args.name) },
      secrets: [{ name: "cookie-secret", environment: "COOKIE_SECRET", generate: true }],
      // Its pins of pandas and NumPy end with Python 3.11.
      debian: [12],
    }),
    process: {
      // -P: the launcher's folder is no place to import from.
      command: [
        "python",
        "-P",
        gramexLauncher,
        "--graceful-seconds",
        String(graceful),
        "--max-body-mib",
        String(args.maxBodyMiB ?? 100),
        ...(args.redis ? ["--redis-sessions", redisVariable(args.redis)] : []),
        ...(args.restrictFiles === false ? ["--all-files"] : []),
      ],
      ready: ReadyWhen.Notified,
      gracefulSeconds: graceful,
      ...several(args),
    },
  };
}
