import { asgiLauncher } from "./launchers";
import { believesAll, tlsOptions } from "./tls-options";
import { keepAliveSeconds, longestBacklog, PresetArgs, strippedPrefix } from "./preset-args";

/**
 * The command line that uvicorn and esg share: esg took uvicorn's options over. Both are started by our launcher, since by
 * themselves they close connections that they have accepted and not yet read when they stop.
 */
export function asgiCommand(program: "uvicorn" | "esg", args: PresetArgs & { app: string }): string[] {
  const prefix = strippedPrefix(args.routes);
  return [
    "python",
    "-P", // the launcher's folder is no place to import from
    asgiLauncher,
    program,
    args.app,
    "--fd",
    "3",
    ...(believesAll(args) ? ["--proxy-headers", "--forwarded-allow-ips=*"] : ["--no-proxy-headers"]),
    ...tlsOptions(args, { certificate: "--ssl-certfile", key: "--ssl-keyfile", suites: "--ssl-ciphers" }),
    "--timeout-keep-alive",
    String(keepAliveSeconds),
    "--no-access-log",
    // The server calls listen(2) again on the socket it is handed, which would shorten systemd's queue to its own default.
    "--backlog",
    String(args.backlog ?? longestBacklog),
    ...(prefix === undefined ? [] : ["--root-path", prefix]),
  ];
}
