import { App } from "../app/app";
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
import { cacheDirectories } from "./nginx/cache";
import { nginxFiles, nginxUnit } from "./nginx/files";
import { accessLogFile, errorLogFile } from "./nginx/log";
import { purgeProgram } from "./nginx/purge";
import { PlannedDirectory, PlannedFile, PlannedWebServer } from "./plan";
import { haproxyServer, planTlsFront, withTlsFront } from "./tls-front";

/** What a host has for its web server. */
export interface WebPlan {
  /** Debian packages. */
  packages: string[];
  files: PlannedFile[];
  directories: PlannedDirectory[];
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
  logs: { access: string; error: string };
}

/** Plans the web server that answers for the routes of some apps; nothing where no app has a route. */
export function planWeb(apps: readonly App[], web: Web, hops: HopChain, guest: Guest): WebPlan {
  const routed = apps.filter((app) => app.routes?.length);
  const logs = { access: accessLogFile, error: errorLogFile };
  if (routed.length === 0) return { packages: [], files: [], directories: [], units: [], logs };
  if (web.program === WebProgram.Apache)
    return {
      packages: ["apache2", "openssl"],
      files: apacheFiles(routed, hops, guest),
      directories: [],
      units: [apacheServer.unit],
      server: apacheServer,
      placeholders: [strangersName],
      proofLine,
      logs: { access: apacheAccessLog, error: apacheErrorLog },
    };
  if (web.program === WebProgram.HAProxy)
    return {
      packages: ["haproxy", "openssl"],
      files: haproxyFiles(routed, hops, guest),
      directories: [],
      units: [haproxyUnit],
      server: { ...haproxyServer, challengePort },
      logs,
    };
  const front = planTlsFront(routed, web, hops, guest);
  return {
    // openssl makes the placeholder certificate.
    packages: ["nginx", "openssl", ...(front?.packages ?? [])],
    files: [
      ...nginxFiles(routed, withTlsFront(hops, web), guest, web),
      ...purgeProgram(routed),
      ...(front?.files ?? []),
    ],
    directories: cacheDirectories(routed, web),
    units: [nginxUnit, ...(front?.units ?? [])],
    ...(front && { front: front.server }),
    logs,
  };
}
