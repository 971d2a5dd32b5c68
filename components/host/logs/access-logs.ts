import { App } from "../../app/app";
import { literalDomains } from "../../app/route/domains";
import { LogFormat, WebLogs } from "../../app/web-logs";
import { RotatedLogs } from "./rotation";

/** Where a web server says what went wrong. */
export const errorLogFile = ({ folder }: RotatedLogs): string => `${folder}/error.log`;

/** How the lines of one file are written. */
export type LineFormat = typeof LogFormat.Json | typeof LogFormat.Combined;

/** A file that requests are written to. */
export interface AccessLog {
  file: string;
  format: LineFormat;
}

/** The files that requests are written to: of one domain, or of all where `domain` is left out. */
export function accessLogs(
  { folder }: RotatedLogs,
  { format = LogFormat.Json }: WebLogs,
  domain?: string,
): AccessLog[] {
  const front = domain === undefined ? "" : `${domain}.`;
  const plain = `${folder}/${front}access.log`;
  if (format !== LogFormat.Both) return [{ file: plain, format }];
  return [
    { file: plain, format: LogFormat.Json },
    { file: `${folder}/${front}access.combined.log`, format: LogFormat.Combined },
  ];
}

/** The same for all domains of a host, with the domain where each has files of its own. */
export function allAccessLogs(
  server: RotatedLogs,
  logs: WebLogs,
  domains: readonly string[],
): (AccessLog & { domain?: string })[] {
  if (!logs.perDomain) return accessLogs(server, logs);
  return domains.flatMap((domain) => accessLogs(server, logs, domain).map((log) => ({ ...log, domain })));
}

/** Where a web server writes what CloudWatch counts and keeps. */
export interface WebLogFiles {
  /** The web server's name. @example "nginx" */
  server: string;
  /** What was asked for, with the domain where each has a file of its own. */
  access: { file: string; domain?: string }[];
  /** What went wrong. */
  error: string;
}

/** The same of a web server: of the access logs those of JSON, by which answers are counted. */
export function webLogFiles(server: RotatedLogs, apps: readonly App[], logs: WebLogs = {}): WebLogFiles {
  const access = allAccessLogs(server, logs, literalDomains(apps)).filter(({ format }) => format === LogFormat.Json);
  return { server: server.name, access, error: errorLogFile(server) };
}
