import { goAccessPort } from "../../app/paths";
import { LogFormat, TrafficReport, WebLogs } from "../../app/web-logs";
import { authority, HopChain } from "../hops";
import { allAccessLogs, LineFormat } from "../logs/access-logs";
import { nginxLogs, RotatedLogs } from "../logs/rotation";

/** A report with nothing left out. */
export type WholeReport = Required<TrafficReport>;

/** The report with what is said by leaving it out. */
export function wholeReport(report: TrafficReport): WholeReport {
  return {
    path: "/report/",
    realTime: false,
    everyMinutes: 15,
    ignoreCrawlers: false,
    keepDays: 90,
    title: "Traffic",
    user: "report",
    open: false,
    ...report,
  };
}

/** Folder of all that the report has. */
export const reportFolder = "/var/lib/landfall/report";

/** Folder of the page, which the web server serves. */
export const pageFolder = `${reportFolder}/page`;

/** Folder of the figures, which outlive the logs. */
export const figuresFolder = `${reportFolder}/figures`;

/** Who may see the page, as nginx's `auth_basic_user_file` and httpd's `AuthUserFile` have it. */
export const usersFile = "/etc/landfall/report/users";

/** Below the page's path, where its websocket is. */
export const socketName = "ws";

/** What lines of JSON have, whoever writes them. */
const fields = {
  client: "%h",
  method: "%m",
  host: "%v",
  uri: "%U",
  protocol: "%H",
  status: "%s",
  bytes: "%b",
  referer: "%R",
  agent: "%u",
};

/** How GoAccess is told to read lines of nginx. Of JSON it takes the fields that are named, and leaves the others alone. */
const nginxLines: Readonly<Record<LineFormat, readonly string[]>> = {
  json: [
    `--log-format=${JSON.stringify({ time: "%x", ...fields, seconds: "%T" })}`,
    // `%x` is read by both formats.
    ...["datetime", "date", "time"].map((part) => `--${part}-format=%Y-%m-%dT%H:%M:%S%z`),
  ],
  combined: ["--log-format=COMBINED"],
};

/** The same of httpd, whose times have milliseconds. */
const apacheLines: typeof nginxLines = {
  json: [
    `--log-format=${JSON.stringify({ time: "%dT%t.%^", ...fields, milliseconds: "%L" })}`,
    "--date-format=%Y-%m-%d",
    "--time-format=%H:%M:%S",
  ],
  combined: ["--log-format=COMBINED"],
};

/** GoAccess' own words, for the files it is given after them. */
export function goAccessOptions(
  report: WholeReport,
  server: RotatedLogs,
  { format = LogFormat.Json }: WebLogs,
  hops: HopChain,
): string[] {
  const lines = server === nginxLogs ? nginxLines : apacheLines;
  const { domain, path, realTime, ignoreCrawlers, keepDays, title } = report;
  const place = authority(hops, domain);
  return [
    "--no-global-config",
    "--no-progress",
    ...lines[format === LogFormat.Both ? LogFormat.Json : format],
    `--html-report-title=${title}`,
    `--keep-last=${keepDays}`,
    "--persist",
    "--restore",
    `--db-path=${figuresFolder}`,
    ...(ignoreCrawlers ? ["--ignore-crawlers"] : []),
    ...(realTime
      ? [
          "--real-time-html",
          "--addr=127.0.0.1",
          `--port=${goAccessPort}`,
          // The port is always said: GoAccess adds its own to an address without one.
          `--ws-url=wss://${domain}:${hops.publicHttpsPort}${path}${socketName}`,
          `--origin=https://${place}`,
          // A silent websocket is closed by whatever is in between.
          "--ping-interval=30",
          `--output=${pageFolder}/index.html`,
        ]
      : [`--output=${pageFolder}/new.html`]),
  ];
}

/** The command that makes the page. */
export function goAccessCommand(
  report: WholeReport,
  server: RotatedLogs,
  logs: WebLogs,
  hops: HopChain,
  domains: readonly string[],
): string[] {
  const options = goAccessOptions(report, server, logs, hops);
  const format = logs.format === LogFormat.Combined ? LogFormat.Combined : LogFormat.Json;
  const files = allAccessLogs(server, logs, domains).filter((log) => log.format === format);
  if (report.realTime) return [goAccess, ...files.map(({ file }) => file), ...options];
  // What was written between the last look and the moment at which a file was put aside is in the file beside it. Not each of
  // them is always there, and GoAccess ends at the first that is not.
  const names = String.raw`.*/([^/]+\.)?access\.log(\.1)?`;
  const search = ["-maxdepth", "1", "-type", "f", "-regextype", "posix-extended", "-regex", names, "-size", "+0"];
  return ["/usr/bin/find", server.folder, ...search, "-exec", goAccess, ...options, "{}", "+"];
}

const goAccess = "/usr/bin/goaccess";
