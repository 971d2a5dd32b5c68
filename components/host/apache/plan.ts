import { App } from "../../app/app";
import { literalDomains } from "../../app/route/domains";
import { Web } from "../../app/web";
import { Guest } from "../guest";
import { HopChain } from "../hops";
import { webLogFiles } from "../logs/access-logs";
import { mergeProgram } from "../logs/merge-program";
import { apacheLogs, rotation, rotationPackage } from "../logs/rotation";
import { planReport } from "../report/plan-report";
import { PlannedDirectory } from "../plan";
import { WebPlan } from "../web-plan";
import { strangersName } from "./default-site";
import { apacheFiles, apacheServer } from "./files";
import { runtimeFolder } from "./folder";
import { proofLine } from "./proof";

/** httpd's start makes it; its test of a configuration needs it before there has been one. */
const runtimeDirectory: PlannedDirectory = { path: runtimeFolder, mode: "0755", owner: "root", group: "root" };

/** Plans httpd for apps that have routes. */
export function planApache(apps: readonly App[], web: Web, hops: HopChain, guest: Guest): WebPlan {
  const { logs = {} } = web;
  const { users, directories, secrets, ...report } = planReport(apacheLogs, logs, hops, literalDomains(apps), guest);
  return {
    packages: ["apache2", "openssl", rotationPackage, ...report.packages],
    users,
    directories: [runtimeDirectory, ...directories],
    files: [
      ...apacheFiles(apps, hops, guest, web),
      rotation(apacheLogs, logs.rotate),
      ...(web.logs ? [mergeProgram()] : []),
      ...report.files,
    ],
    secrets,
    units: [apacheServer.unit, ...report.units],
    server: apacheServer,
    placeholders: [strangersName],
    proofLine,
    logs: webLogFiles(apacheLogs, apps, logs),
  };
}
