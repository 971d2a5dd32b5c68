import { App } from "../app/app";
import { Web, WebProgram } from "../app/web";
import { strangersName } from "./apache/default-site";
import { apacheFiles, apacheProgram } from "./apache/files";
import { accessLogFile as apacheAccessLog, errorLogFile as apacheErrorLog } from "./apache/log";
import { proofLine } from "./apache/proof";
import { Guest } from "./guest";
import { challengePort } from "./haproxy/challenges";
import { haproxyFiles } from "./haproxy/files";
import { haproxyUnit } from "./haproxy/folder";
import { HopChain } from "./hops";
import { cacheDirectories } from "./nginx/cache";
import { nginxFiles } from "./nginx/files";
import { purgeProgram } from "./nginx/purge";
import { PlannedDirectory, PlannedFile, PlannedProgram } from "./plan";
import { haproxyProgram, planTlsFront, withTlsFront } from "./tls-front";

/** What a host has for its web server. */
export interface WebPlan {
  /** Debian packages. */
  packages: string[];
  files: PlannedFile[];
  directories: PlannedDirectory[];
  /** Units that are to be running, in the order they are started. */
  units: string[];
  /** Which program has the certificates, where nginx has not. */
  program?: PlannedProgram;
  /** Names of certificates that are nobody's and stay placeholders. @default none */
  placeholders?: string[];
  /** A line of the file with what proves a hop, by the hop's header. @default a line of a map of nginx */
  proofLine?: (header: string) => string;
  /** Where it writes what was asked for, and what went wrong. @default nginx's */
  logs?: { access: string; error: string };
}

/** Plans the web server that answers for the routes of some apps; nothing where no app has a route. */
export function planWeb(apps: readonly App[], web: Web, hops: HopChain, guest: Guest): WebPlan {
  const routed = apps.filter((app) => app.routes?.length);
  if (routed.length === 0) return { packages: [], files: [], directories: [], units: [] };
  // openssl makes the placeholder certificate.
  if (web.program === WebProgram.HAProxy)
    return {
      packages: ["haproxy", "openssl"],
      files: haproxyFiles(routed, hops, guest),
      directories: [],
      units: [haproxyUnit],
      program: { ...haproxyProgram, challengePort },
    };
  if (web.program === WebProgram.Apache)
    return {
      packages: ["apache2", "openssl"],
      files: apacheFiles(routed, hops, guest),
      directories: [],
      units: [apacheProgram.unit],
      program: apacheProgram,
      placeholders: [strangersName],
      proofLine,
      logs: { access: apacheAccessLog, error: apacheErrorLog },
    };
  const front = planTlsFront(routed, web, hops, guest);
  return {
    packages: ["nginx", "openssl", ...(front?.packages ?? [])],
    files: [
      ...nginxFiles(routed, withTlsFront(hops, web), guest, web),
      ...purgeProgram(routed),
      ...(front?.files ?? []),
    ],
    directories: cacheDirectories(routed, web),
    units: ["nginx.service", ...(front?.units ?? [])],
    ...(front && { program: front.program }),
  };
}
