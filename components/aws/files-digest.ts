import { App } from "../app/app";
import { ServeBy } from "../app/route/route";
import { canonicalJson, sha256 } from "../host/digest";
import { PlannedRelease } from "../host/plan";

/**
 * A digest of what is served from files: the code of the apps that have such routes, and how these are served. What is in a
 * git repository counts by its name there, so a branch that moves on is not seen.
 */
export function filesDigest(apps: readonly App[], releases: readonly PlannedRelease[]): string {
  const served = apps.flatMap(({ name, routes = [] }) => {
    const files = routes.filter(({ serve }) => serve === ServeBy.Files || serve === ServeBy.FilesFirst);
    const code = releases.find(({ app }) => app === name)?.digest ?? null;
    return files.map((route) => canonicalJson([name, code, route]));
  });
  return sha256(served.sort().join("\n"));
}
