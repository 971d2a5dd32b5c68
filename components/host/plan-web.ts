import { App } from "../app/app";
import { literalDomains } from "../app/route/domains";
import { Web, WebProgram } from "../app/web";
import { Guest } from "./guest";
import { HopChain } from "./hops";
import { noParts } from "./host-parts";
import { webLogFiles } from "./logs/access-logs";
import { mergeProgram } from "./logs/merge-program";
import { nginxLogs, rotation, rotationPackage } from "./logs/rotation";
import { cacheDirectories } from "./nginx/cache";
import { nginxFiles, nginxUnit } from "./nginx/files";
import { purgeProgram } from "./nginx/purge";
import { planReport } from "./report/plan-report";
import { withTlsFront } from "./tls-front";
import { WebPlan } from "./web-plan";

// What a host does not have is not loaded: a preview waits for each file.
const loadPlanApache = () => (require("./apache/plan") as typeof import("./apache/plan")).planApache;
const loadPlanHaproxy = () => (require("./haproxy/plan") as typeof import("./haproxy/plan")).planHaproxy;
const loadPlanTlsFront = () => (require("./plan-tls-front") as typeof import("./plan-tls-front")).planTlsFront;

/** Plans the web server that answers for the routes of some apps; nothing where no app has a route. */
export function planWeb(apps: readonly App[], web: Web, hops: HopChain, guest: Guest): WebPlan {
  const routed = apps.filter((app) => app.routes?.length);
  if (routed.length === 0) return noParts;
  switch (web.program) {
    case WebProgram.Apache:
      return loadPlanApache()(routed, web, hops, guest);
    case WebProgram.HAProxy:
      return loadPlanHaproxy()(routed, web, hops, guest);
    default:
      return planNginx(routed, web, hops, guest);
  }
}

function planNginx(routed: readonly App[], web: Web, hops: HopChain, guest: Guest): WebPlan {
  const { logs = {} } = web;
  const front = web.front && loadPlanTlsFront()(routed, web.front, hops, guest, web);
  const report = planReport(nginxLogs, logs, hops, literalDomains(routed), guest);
  return {
    // openssl makes the placeholder certificate.
    packages: ["nginx", "openssl", rotationPackage, ...report.packages, ...(front?.packages ?? [])],
    users: report.users,
    directories: [...cacheDirectories(routed, web), ...report.directories],
    files: [
      ...nginxFiles(routed, withTlsFront(hops, web), guest, web),
      rotation(nginxLogs, logs.rotate),
      ...(web.logs ? [mergeProgram()] : []),
      ...purgeProgram(routed),
      ...report.files,
      ...(front?.files ?? []),
    ],
    secrets: report.secrets,
    units: [nginxUnit, ...report.units, ...(front?.units ?? [])],
    ...(front && { front: front.server }),
    logs: webLogFiles(nginxLogs, routed, logs),
  };
}
