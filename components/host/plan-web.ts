import { App } from "../app/app";
import { Web } from "../app/web";
import { Guest } from "./guest";
import { HopChain } from "./hops";
import { mergeProgram } from "./logs/merge-program";
import { nginxLogs, rotation, rotationPackage } from "./logs/rotation";
import { nginxFiles } from "./nginx/files";
import { PlannedDirectory, PlannedFile, PlannedSecret, PlannedUser } from "./plan";
import { planReport } from "./report/plan-report";

/** What a host has for its web server. */
export interface WebPlan {
  /** Debian packages. */
  packages: string[];
  users: PlannedUser[];
  directories: PlannedDirectory[];
  files: PlannedFile[];
  secrets: PlannedSecret[];
  /** Units that are to be running, in the order they are started. */
  units: string[];
}

/** Plans the web server that answers for the routes of some apps; nothing where no app has a route. */
export function planWeb(apps: readonly App[], web: Web, hops: HopChain, guest: Guest): WebPlan {
  const routed = apps.filter((app) => app.routes?.length);
  if (routed.length === 0) return { packages: [], users: [], directories: [], files: [], secrets: [], units: [] };
  const { logs = {} } = web;
  const domains = [...new Set(routed.flatMap(({ routes = [] }) => routes.map(({ domain }) => domain)))].sort();
  const report = planReport(logs, hops, domains, guest);
  return {
    // openssl makes the placeholder certificate.
    packages: ["nginx", "openssl", rotationPackage, ...report.packages],
    users: report.users,
    directories: report.directories,
    files: [
      ...nginxFiles(routed, hops, guest, web),
      rotation(nginxLogs, logs.rotate),
      ...(web.logs ? [mergeProgram()] : []),
      ...report.files,
    ],
    secrets: report.secrets,
    units: ["nginx.service", ...report.units],
  };
}
