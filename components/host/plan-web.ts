import { App } from "../app/app";
import { Web, WebProgram } from "../app/web";
import { apacheFiles, apacheServer } from "./apache/files";
import { strangersName } from "./apache/default-site";
import { accessLogFile as apacheAccessLog, errorLogFile as apacheErrorLog } from "./apache/log";
import { proofLine } from "./apache/proof";
import { Guest } from "./guest";
import { HopChain } from "./hops";
import { nginxFiles, nginxUnit } from "./nginx/files";
import { accessLogFile, errorLogFile } from "./nginx/log";
import { PlannedFile, PlannedWebServer } from "./plan";

/** What a host has for its web server. */
export interface WebPlan {
  /** Debian packages. */
  packages: string[];
  files: PlannedFile[];
  /** Units that are to be running, in the order they are started. */
  units: string[];
  /** What the apply program has to know of it; left out for nginx. */
  server?: PlannedWebServer;
  /** Names of certificates that are nobody's and stay placeholders. @default none */
  placeholders?: string[];
  /** A line of the file with what proves a hop, by the hop's header. @default a line of a map of nginx */
  proofLine?: (header: string) => string;
  /** Where it writes what was asked for, and what went wrong. */
  logs: { access: string; error: string };
}

/** Plans the web server that answers for the routes of some apps; nothing where no app has a route. */
export function planWeb(
  apps: readonly App[],
  { program = WebProgram.Nginx }: Web,
  hops: HopChain,
  guest: Guest,
): WebPlan {
  const routed = apps.filter((app) => app.routes?.length);
  const logs = { access: accessLogFile, error: errorLogFile };
  if (routed.length === 0) return { packages: [], files: [], units: [], logs };
  if (program === WebProgram.Apache)
    return {
      packages: ["apache2", "openssl"],
      files: apacheFiles(routed, hops, guest),
      units: [apacheServer.unit],
      server: apacheServer,
      placeholders: [strangersName],
      proofLine,
      logs: { access: apacheAccessLog, error: apacheErrorLog },
    };
  return {
    // openssl makes the placeholder certificate.
    packages: ["nginx", "openssl"],
    files: nginxFiles(routed, hops, guest),
    units: [nginxUnit],
    logs,
  };
}
