import { goAccessPort, reportPassword, secretFile, webSecrets } from "../../app/paths";
import { WebLogs } from "../../app/web-logs";
import { Guest } from "../guest";
import { HopChain } from "../hops";
import { RotatedLogs } from "../logs/rotation";
import { restrictions } from "../systemd/sandbox";
import { restarting } from "../systemd/service";
import { webUser } from "../systemd/socket";
import { because, section, Setting, setting, Unit, unit } from "../systemd/tree";
import { command, raw, words } from "../systemd/word";
import { goAccessCommand, pageFolder, reportFolder, usersFile, WholeReport } from "./traffic-report";

/** The user that GoAccess runs as. */
export const reportUser = "landfall-report";

/** What makes the page. */
export const reportService = "landfall-report.service";
export const reportTimer = "landfall-report.timer";

/** What makes the file of its users. */
export const passwordService = "landfall-report-password.service";

/** The program that does. */
export const passwordProgram = "/usr/local/lib/landfall/report-password";

/** Makes the page anew each time it is started, or all the time. */
export function reportServiceOf(
  report: WholeReport,
  server: RotatedLogs,
  logs: WebLogs,
  hops: HopChain,
  domains: readonly string[],
  guest: Guest,
): Unit {
  const [program = "", ...args] = goAccessCommand(report, server, logs, hops, domains);
  return unit(
    section("Unit", [
      setting("Description", "Report of the access log"),
      setting("After", server.unit),
      ...(report.realTime ? [setting("StartLimitIntervalSec", 0)] : []),
    ]),
    section("Service", [
      setting("Type", report.realTime ? "exec" : "oneshot"),
      setting("User", reportUser),
      setting("Group", reportUser),
      because("who may read the logs", setting("SupplementaryGroups", "adm")),
      setting("ExecStart", command(program, ...args)),
      ...(report.realTime
        ? restarting(guest)
        : [
            because(
              "in one step, so that nobody sees half a page; there is none before the first request",
              setting("ExecStartPost", raw(`-/bin/mv --force ${pageFolder}/new.html ${pageFolder}/index.html`)),
            ),
          ]),
      setting("Nice", 10),
      ...restrictions,
      because("the page is the web server's to read, in a folder that only it can enter", setting("UMask", "0022")),
      because("of all logs, those", setting("TemporaryFileSystem", words("/var/log:ro"))),
      setting("BindReadOnlyPaths", words(server.folder)),
      setting("ReadWritePaths", words(reportFolder)),
      ...network(report),
    ]),
    ...(report.realTime ? [section("Install", [setting("WantedBy", "multi-user.target")])] : []),
  );
}

function network({ realTime }: WholeReport): Setting[] {
  if (!realTime)
    return [
      setting("PrivateNetwork", true),
      setting("RestrictAddressFamilies", "AF_UNIX"),
      setting("IPAddressDeny", "any"),
    ];
  return [
    setting("RestrictAddressFamilies", "AF_UNIX AF_INET AF_INET6"),
    setting("IPAddressDeny", "any"),
    setting("IPAddressAllow", "localhost"),
    setting("SocketBindDeny", "any"),
    setting("SocketBindAllow", `tcp:${goAccessPort}`),
  ];
}

/** Starts it, and again so many minutes after it has ended. */
export function reportTimerOf({ everyMinutes }: WholeReport): Unit {
  return unit(
    section("Unit", [setting("Description", "Report of the access log, by and by")]),
    section("Timer", [
      setting("OnActiveSec", "2s"),
      setting("OnUnitInactiveSec", `${everyMinutes}min`),
      setting("AccuracySec", "1s"),
    ]),
    section("Install", [setting("WantedBy", "timers.target")]),
  );
}

/** Makes the file of users from the password, at each change of it. */
export function passwordServiceOf({ user }: WholeReport): Unit {
  return unit(
    section("Unit", [setting("Description", "Password of the report")]),
    section("Service", [
      setting("Type", "oneshot"),
      setting("RemainAfterExit", true),
      setting("LoadCredential", words(`password:${secretFile(webSecrets, reportPassword)}`)),
      setting("ExecStart", command(passwordProgram, user, usersFile, webUser)),
    ]),
    section("Install", [setting("WantedBy", "multi-user.target")]),
  );
}
