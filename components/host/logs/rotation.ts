import { Web, WebProgram } from "../../app/web";
import { LogPeriod, LogRotation } from "../../app/web-logs";
import { Effect, PlannedFile } from "../plan";
import { renderCommand } from "../shell/render";
import { command } from "../shell/tree";
import { plain, renderRotation, script } from "./logrotate";

/** The package that puts logs aside, by a timer that it brings. No web server of Debian asks for it. */
export const rotationPackage = "logrotate";

/** How a program is told that its files were put aside. */
export const Reopen = {
  /** It opens them anew by the signal USR1, and finishes the lines it has in the old ones: nginx. */
  Signal: "signal",
  /** It reloads: Apache httpd, which finishes its requests as it does. */
  Reload: "reload",
} as const;
export type Reopen = (typeof Reopen)[keyof typeof Reopen];

/** A program whose logs are put aside. */
export interface RotatedLogs {
  /** File below `/etc/logrotate.d`: that of Debian's package, whose place ours takes, so that nothing is put aside twice. @example "nginx" */
  name: string;
  /** Folder of its logs. @example "/var/log/nginx" */
  folder: string;
  /** Its unit. @example "nginx.service" */
  unit: string;
  reopen: Reopen;
  /** Who owns the files: user and group. @example "www-data" */
  owner: string;
  group: string;
}

/** nginx's logs, as Debian's package has them. */
export const nginxLogs: RotatedLogs = {
  name: "nginx",
  folder: "/var/log/nginx",
  unit: "nginx.service",
  reopen: Reopen.Signal,
  owner: "www-data",
  group: "adm",
};

/** Apache httpd's logs, as Debian's package has them. */
export const apacheLogs: RotatedLogs = {
  name: "apache2",
  folder: "/var/log/apache2",
  unit: "apache2.service",
  reopen: Reopen.Reload,
  owner: "root",
  group: "adm",
};

/** The logs of a host's web server. */
export const webServerLogs = ({ program }: Web): RotatedLogs =>
  program === WebProgram.Apache ? apacheLogs : nginxLogs;

/** Has all logs of a program put aside. The latest stays uncompressed, because the program may still write lines to it. */
export function rotation(logs: RotatedLogs, { every, keep, compress }: LogRotation = {}): PlannedFile {
  const { name, folder, unit, reopen, owner, group } = logs;
  const told: Readonly<Record<Reopen, string>> = {
    signal: renderCommand(command("systemctl", "kill", "--kill-whom=main", "--signal=USR1", unit)),
    reload: renderCommand(command("systemctl", "reload", unit)),
  };
  const content = renderRotation(`${folder}/*.log`, [
    plain(every ?? LogPeriod.Daily),
    plain("rotate", keep ?? 14),
    plain("missingok"),
    plain("notifempty"),
    ...((compress ?? true) ? [plain("compress"), plain("delaycompress")] : [plain("nocompress")]),
    plain("create", "0640", owner, group),
    plain("sharedscripts"),
    script(
      "postrotate",
      `${renderCommand(command("systemctl", "is-active", "--quiet", unit))} || exit 0`,
      told[reopen],
    ),
  ]);
  return {
    path: `/etc/logrotate.d/${name}`,
    content,
    mode: "0644",
    owner: "root",
    group: "root",
    change: { effect: Effect.None, units: [] },
  };
}

/** Whether a file does no more than that of Debian's package, in whose place it is. */
export function doesAsDebian({ path, content }: PlannedFile): boolean {
  return [nginxLogs, apacheLogs].some((logs) => {
    const usual = rotation(logs);
    return path === usual.path && content === usual.content;
  });
}
