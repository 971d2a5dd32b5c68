import { App } from "../app/app";
import { Web } from "../app/web";
import { Guest } from "./guest";
import { HopChain } from "./hops";
import { cacheDirectories } from "./nginx/cache";
import { nginxFiles } from "./nginx/files";
import { purgeProgram } from "./nginx/purge";
import { PlannedDirectory, PlannedFile } from "./plan";

/** What a host has for its web server. */
export interface WebPlan {
  /** Debian packages. */
  packages: string[];
  files: PlannedFile[];
  directories: PlannedDirectory[];
  /** Units that are to be running, in the order they are started. */
  units: string[];
}

/** Plans the web server that answers for the routes of some apps; nothing where no app has a route. */
export function planWeb(apps: readonly App[], web: Web, hops: HopChain, guest: Guest): WebPlan {
  const routed = apps.filter((app) => app.routes?.length);
  if (routed.length === 0) return { packages: [], files: [], directories: [], units: [] };
  return {
    // openssl makes the placeholder certificate.
    packages: ["nginx", "openssl"],
    files: [...nginxFiles(routed, hops, guest, web), ...purgeProgram(routed)],
    directories: cacheDirectories(routed, web),
    units: ["nginx.service"],
  };
}
