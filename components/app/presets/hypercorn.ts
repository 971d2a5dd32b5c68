import { App } from "../app";
import {
  defaultGracefulSeconds,
  keepAliveSeconds,
  longestBacklog,
  pythonApp,
  PythonPresetArgs,
  strippedPrefix,
  several,
} from "./preset-args";
import { tlsOptions } from "./tls-options";

/** An ASGI or WSGI app on hypercorn. */
export interface HypercornArgs extends PythonPresetArgs {
  /** The application, `module:attribute`, e.g. `main:app`. */
  app: string;
  /** Version of hypercorn. @default 0.18.0 */
  version?: string;
}

/**
 * An app on hypercorn, in one process on the socket that systemd holds. Restarted under heavy load it may still drop a
 * connection that it has accepted and not yet read, which uvicorn by our preset does not. It leaves forwarded headers to
 * the app, which wraps itself into `hypercorn.middleware.ProxyFixMiddleware` to believe them.
 *
 * @example
 * hypercorn({ name: "api", app: "main:app", source: { directory: "api" }, routes: [{ domain: "api.example.com" }] });
 */
export function hypercorn(args: HypercornArgs): App {
  const graceful = args.gracefulSeconds ?? defaultGracefulSeconds;
  const prefix = strippedPrefix(args.routes);
  return {
    ...pythonApp(args, { requirement: `hypercorn==${args.version ?? "0.18.0"}` }),
    process: {
      command: [
        "hypercorn",
        args.app,
        "--bind",
        "fd://3",
        "--workers",
        "0", // worker processes of its own cut off more of what is under way
        "--backlog",
        String(args.backlog ?? longestBacklog),
        "--keep-alive",
        String(keepAliveSeconds),
        "--graceful-timeout",
        String(graceful),
        ...(prefix === undefined ? [] : ["--root-path", prefix]),
        ...tlsOptions(args, { certificate: "--certfile", key: "--keyfile", suites: "--ciphers" }),
      ],
      stopsOwnWorkers: true,
      gracefulSeconds: graceful,
      ...several(args),
    },
  };
}
