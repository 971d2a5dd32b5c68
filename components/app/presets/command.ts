import { App } from "../app";
import { ListenVia } from "../listen";
import { ReadyWhen } from "../process";
import { Python } from "../python";
import { handedOn, PresetArgs, withoutAbsent } from "./preset-args";

/** Any program. */
export interface CommandArgs extends PresetArgs {
  /** Program and arguments, each an element of the list. @example ["bin/server", "--port", "8000"] */
  command: string[];
  /** How it gets its socket. @default Port when a port is given, else Activation */
  via?: ListenVia;
  /** Loopback port that it listens on. @default none @example 8000 */
  port?: number;
  /** TCP ports on every address of the host that systemd hands over. @default none @example [2525] */
  publicPorts?: number[];
  /** Its Python environment. @default none */
  python?: Python;
  /** Debian releases it can run on. @default 12 and 13 */
  debian?: number[];
  /** When it counts as started. @default Started */
  ready?: ReadyWhen;
  /** Signal that asks it to stop. @default SIGTERM */
  stopSignal?: string;
  /** Signal that reloads it in place. @default none, so it is restarted @example "SIGHUP" */
  reloadSignal?: string;
  /** Send the stop signal to the main process only. @default false */
  stopsOwnWorkers?: boolean;
}

/**
 * Any program that answers on a socket handed over by systemd, on a unix socket that it makes, or on a loopback port.
 *
 * @example
 * command({ name: "wiki", source: { directory: "wiki" }, command: ["bin/wiki", "--port", "8100"], port: 8100,
 *           routes: [{ domain: "wiki.example.com" }] });
 */
export function command(args: CommandArgs): App {
  const listen = withoutAbsent({
    via: args.via ?? (args.port === undefined ? undefined : ListenVia.Port),
    port: args.port,
    publicPorts: args.publicPorts,
    backlog: args.backlog,
  });
  return {
    ...handedOn(args),
    ...withoutAbsent({ python: args.python, debian: args.debian }),
    process: {
      command: args.command,
      ...withoutAbsent({
        ready: args.ready,
        stopSignal: args.stopSignal,
        reloadSignal: args.reloadSignal,
        stopsOwnWorkers: args.stopsOwnWorkers,
        gracefulSeconds: args.gracefulSeconds,
        instances: args.instances,
      }),
    },
    ...(Object.keys(listen).length > 0 ? { listen } : {}),
  };
}
