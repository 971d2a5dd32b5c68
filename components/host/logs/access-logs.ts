import { App } from "../../app/app";
import { literalDomains } from "../../app/route/domains";
import { LogFormat, WebLogs } from "../../app/web-logs";

/** Folder of nginx's logs. */
export const logFolder = "/var/log/nginx";

/** Where nginx says what went wrong. */
export const errorLogFile = `${logFolder}/error.log`;

/** How the lines of one file are written. */
export type LineFormat = typeof LogFormat.Json | typeof LogFormat.Combined;

/** A file that requests are written to. */
export interface AccessLog {
  file: string;
  format: LineFormat;
}

/** The files that requests are written to: of one domain, or of all where `domain` is left out. */
export function accessLogs({ format = LogFormat.Json }: WebLogs, domain?: string): AccessLog[] {
  const front = domain === undefined ? "" : `${domain}.`;
  const plain = `${logFolder}/${front}access.log`;
  if (format !== LogFormat.Both) return [{ file: plain, format }];
  return [
    { file: plain, format: LogFormat.Json },
    { file: `${logFolder}/${front}access.combined.log`, format: LogFormat.Combined },
  ];
}

/** The same for all domains of a host, with the domain where each has files of its own. */
export function allAccessLogs(logs: WebLogs, domains: readonly string[]): (AccessLog & { domain?: string })[] {
  if (!logs.perDomain) return accessLogs(logs);
  return domains.flatMap((domain) => accessLogs(logs, domain).map((log) => ({ ...log, domain })));
}

/** Where a web server writes what CloudWatch counts and keeps. */
export interface WebLogFiles {
  /** What was asked for, with the domain where each has a file of its own. */
  access: { file: string; domain?: string }[];
  /** What went wrong. */
  error: string;
}

/** The same of nginx: of the access logs those of JSON, by which answers are counted. */
export function nginxLogFiles(apps: readonly App[], logs: WebLogs = {}): WebLogFiles {
  const access = allAccessLogs(logs, literalDomains(apps)).filter(({ format }) => format === LogFormat.Json);
  return { access, error: errorLogFile };
}
