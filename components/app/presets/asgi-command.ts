import { keepAliveSeconds, longestBacklog, PresetArgs, strippedPrefix } from "./preset-args";

/** The command line that uvicorn and esg share: esg took uvicorn's options over. */
export function asgiCommand(program: string, args: PresetArgs & { app: string }): string[] {
  const prefix = strippedPrefix(args.routes);
  return [
    program,
    args.app,
    "--fd",
    "3",
    "--proxy-headers",
    "--forwarded-allow-ips=*",
    "--timeout-keep-alive",
    String(keepAliveSeconds),
    "--no-access-log",
    // The server calls listen(2) again on the socket it is handed, which would shorten systemd's queue to its own default.
    "--backlog",
    String(args.backlog ?? longestBacklog),
    ...(prefix === undefined ? [] : ["--root-path", prefix]),
  ];
}
