import { App } from "../app/app";
import { hasFiles } from "../app/route/has-files";
import { Route } from "../app/route/route";
import { Keeps, keepsOf } from "./cdn/plan-behaviours";
import { canonicalJson, sha256 } from "../host/digest";
import { PlannedRelease } from "../host/plan";

/** Whether what a route answers may be kept by a CDN, and changes with the code of its app: files, and what it has kept. */
export const changesWithCode = (route: Route): boolean => hasFiles(route) || keepsOf(route) !== Keeps.Nothing;

/**
 * A digest of what a CDN may keep: the code of the apps that have such routes, and how these are served. What is in a git
 * repository counts by its name there, so a branch that moves on is not seen.
 */
export function filesDigest(apps: readonly App[], releases: readonly PlannedRelease[]): string {
  const served = apps.flatMap(({ name, routes = [] }) => {
    const files = routes.filter(changesWithCode);
    const code = releases.find(({ app }) => app === name)?.digest ?? null;
    return files.map((route) => canonicalJson([name, code, route]));
  });
  return sha256(served.sort().join("\n"));
}
