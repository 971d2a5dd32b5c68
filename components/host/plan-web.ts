import { App } from "../app/app";
import { literalDomains } from "../app/route/domains";
import { Web, WebProgram } from "../app/web";
import { apacheFiles, apacheServer } from "./apache/files";
import { strangersName } from "./apache/default-site";
import { accessLogFile as apacheAccessLog, errorLogFile as apacheErrorLog } from "./apache/log";
import { proofLine } from "./apache/proof";
import { Guest } from "./guest";
import { challengePort } from "./haproxy/challenges";
import { haproxyFiles } from "./haproxy/files";
import { haproxyUnit } from "./haproxy/folder";
import { HopChain } from "./hops";
import { nginxLogFiles, WebLogFiles } from "./logs/access-logs";
import { mergeProgram } from "./logs/merge-program";
import { apacheLogs, nginxLogs, rotation, rotationPackage } from "./logs/rotation";
import { cacheDirectories } from "./nginx/cache";
import { nginxFiles, nginxUnit } from "./nginx/files";
import { purgeProgram } from "./nginx/purge";
import { PlannedDirectory, PlannedFile, PlannedSecret, PlannedUser, PlannedWebServer } from "./plan";
import { planReport } from "./report/plan-report";
import { haproxyServer, planTlsFront, withTlsFront } from "./tls-front";

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
  /** What the apply program has to know of it; left out for nginx. */
  server?: PlannedWebServer;
  /** The same of what ends TLS in front of it; left out where nothing does. */
  front?: PlannedWebServer;
  /** Names of certificates that are nobody's and stay placeholders. @default none */
  placeholders?: string[];
  /** A line of the file with what proves a hop, by the hop's header. @default a line of a map of nginx */
  proofLine?: (header: string) => string;
  /** Where it writes what was asked for, and what went wrong. */
  logs: WebLogFiles;
}

/** Plans the web server that answers for the routes of some apps; nothing where no app has a route. */
export function planWeb(apps: readonly App[], web: Web, hops: HopChain, guest: Guest): WebPlan {
  const routed = apps.filter((app) => app.routes?.length);
  const nothing = { users: [], directories: [], secrets: [] };
  if (routed.length === 0) return { ...nothing, packages: [], files: [], units: [], logs: nginxLogFiles(routed) };
  if (web.program === WebProgram.Apache)
    return {
      ...nothing,
      packages: ["apache2", "openssl", rotationPackage],
      files: [...apacheFiles(routed, hops, guest), rotation(apacheLogs)],
      units: [apacheServer.unit],
      server: apacheServer,
      placeholders: [strangersName],
      proofLine,
      logs: { access: [{ file: apacheAccessLog }], error: apacheErrorLog },
    };
  if (web.program === WebProgram.HAProxy)
    return {
      ...nothing,
      packages: ["haproxy", "openssl"],
      files: haproxyFiles(routed, hops, guest, web),
      units: [haproxyUnit],
      server: { ...haproxyServer, challengePort },
      logs: nginxLogFiles(routed),
    };
  const { logs = {} } = web;
  const front = planTlsFront(routed, web, hops, guest);
  const report = planReport(logs, hops, literalDomains(routed), guest);
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
    logs: nginxLogFiles(routed, logs),
  };
}
