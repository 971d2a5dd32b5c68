import { App } from "../app";
import { ReadyWhen } from "../process";
import { asgiCommand } from "./asgi-command";
import { defaultGracefulSeconds, pythonApp, PythonPresetArgs, several } from "./preset-args";

/** An ASGI app on ESG. */
export interface EsgArgs extends PythonPresetArgs {
  /** The ASGI application, `module:attribute`, e.g. `main:app`. */
  app: string;
  /** Version of esg. Later ones come without a package for Python 3.11 and newer. @default 0.1.9 */
  version?: string;
  /** Version of the websocket library. @default 17.4 */
  websocketsVersion?: string;
}

/**
 * An ASGI app on ESG, on the socket that systemd holds. Forwarded headers are believed, since only the web server can
 * open that socket.
 *
 * @example
 * esg({ name: "live", app: "main:app", source: { directory: "live" },
 *       routes: [{ domain: "live.example.com", websocket: true }] });
 */
export function esg(args: EsgArgs): App {
  const websockets = `websockets==${args.websocketsVersion ?? "17.4"}`;
  return {
    ...pythonApp(
      args.installServer === false ? args : { ...args, pythonPackages: [websockets, ...(args.pythonPackages ?? [])] },
      { requirement: `esg==${args.version ?? "0.1.9"}` },
    ),
    process: {
      command: asgiCommand("esg", args),
      ready: ReadyWhen.Notified,
      gracefulSeconds: args.gracefulSeconds ?? defaultGracefulSeconds,
      ...several(args),
    },
  };
}
