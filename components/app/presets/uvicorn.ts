import { App } from "../app";
import { ReadyWhen } from "../process";
import { asgiCommand } from "./asgi-command";
import { defaultGracefulSeconds, pythonApp, PythonPresetArgs, several } from "./preset-args";

/** An ASGI app on uvicorn. */
export interface UvicornArgs extends PythonPresetArgs {
  /** The ASGI application, `module:attribute`, e.g. `main:app`. */
  app: string;
  /** Version of uvicorn. @default 0.54.0 */
  version?: string;
  /** Processes. @default 1 */
  workers?: number;
}

/**
 * An ASGI app on uvicorn, on the socket that systemd holds. Forwarded headers are believed, since only the web server
 * can open that socket.
 *
 * @example
 * uvicorn({ name: "api", app: "main:app", source: { directory: "api" }, routes: [{ domain: "api.example.com" }] });
 */
export function uvicorn(args: UvicornArgs): App {
  const workers = args.workers ?? 1;
  return {
    ...pythonApp(args, { requirement: `uvicorn[standard]==${args.version ?? "0.54.0"}` }),
    process: {
      command: [
        ...asgiCommand("uvicorn", args),
        // Requests that are still open after this are cancelled, so that the stop is orderly; systemd waits 5 s longer.
        ...["--timeout-graceful-shutdown", String(args.gracefulSeconds ?? defaultGracefulSeconds)],
        ...(workers > 1 ? ["--workers", String(workers)] : []),
      ],
      // With workers it is them that start the app, and systemd believes the main process only.
      ...(workers > 1 ? { stopsOwnWorkers: true } : { ready: ReadyWhen.Notified }),
      gracefulSeconds: args.gracefulSeconds ?? defaultGracefulSeconds,
      ...several(args),
    },
  };
}
