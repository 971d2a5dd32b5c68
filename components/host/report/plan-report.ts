import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { reportPassword, secretFile, webSecrets } from "../../app/paths";
import { WebLogs } from "../../app/web-logs";
import { Guest } from "../guest";
import { HopChain } from "../hops";
import { HostParts, noParts } from "../host-parts";
import { RotatedLogs } from "../logs/rotation";
import { Change, Effect, PlannedFile } from "../plan";
import { render } from "../systemd/render";
import { webUser } from "../systemd/socket";
import { Unit } from "../systemd/tree";
import {
  passwordProgram,
  passwordService,
  passwordServiceOf,
  reportService,
  reportServiceOf,
  reportTimer,
  reportTimerOf,
  reportUser,
} from "./report-units";
import { figuresFolder, pageFolder, reportFolder, usersFile, wholeReport } from "./traffic-report";

/** Plans the report of a web server's access log; nothing where none is asked for. */
export function planReport(
  server: RotatedLogs,
  logs: WebLogs,
  hops: HopChain,
  domains: readonly string[],
  guest: Guest,
): HostParts {
  if (!logs.report) return noParts;
  const report = wholeReport(logs.report);
  const restarts = (...units: string[]): Change => ({ effect: Effect.Restart, units });
  const told = report.realTime ? restarts(reportService) : restarts(reportTimer);
  return {
    packages: ["goaccess"],
    users: [{ name: reportUser, home: reportFolder }],
    directories: [
      { path: reportFolder, mode: "0750", owner: reportUser, group: webUser },
      { path: pageFolder, mode: "0750", owner: reportUser, group: webUser },
      { path: figuresFolder, mode: "0700", owner: reportUser, group: reportUser },
      ...(report.open ? [] : [{ path: dirname(usersFile), mode: "0750", owner: "root", group: webUser }]),
    ],
    files: [
      unitFile(reportService, reportServiceOf(report, server, logs, hops, domains, guest), told),
      ...(report.realTime ? [] : [unitFile(reportTimer, reportTimerOf(report), told)]),
      ...(report.open
        ? []
        : [
            unitFile(passwordService, passwordServiceOf(report), restarts(passwordService)),
            {
              path: passwordProgram,
              content: readFileSync(join(__dirname, "report-password.py"), "utf8"),
              mode: "0755",
              owner: "root",
              group: "root",
              change: restarts(passwordService),
            },
          ]),
    ],
    secrets: report.open
      ? []
      : [
          {
            app: webSecrets,
            name: reportPassword,
            path: secretFile(webSecrets, reportPassword),
            parameter: `secrets/${webSecrets}/${reportPassword}`,
            generate: true,
            unit: passwordService,
          },
        ],
    units: [...(report.open ? [] : [passwordService]), report.realTime ? reportService : reportTimer],
  };
}

function unitFile(name: string, content: Unit, change: Change): PlannedFile {
  return {
    path: `/etc/systemd/system/${name}`,
    content: render(content),
    mode: "0644",
    owner: "root",
    group: "root",
    change,
  };
}
