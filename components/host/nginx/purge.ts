import { readFileSync } from "node:fs";
import { join } from "node:path";
import { App } from "../../app/app";
import { Effect, PlannedFile } from "../plan";
import { hasCache } from "./cache";

/** Where root finds the program that forgets what is kept. */
export const purgePath = "/usr/local/sbin/landfall-cache";

const content = readFileSync(join(__dirname, "landfall-cache.py"), "utf8");

/**
 * The program that forgets what nginx keeps, on hosts where it keeps anything. It removes files: no address does it, so that
 * nobody outside can, and no app of the host either.
 */
export function purgeProgram(apps: readonly App[]): PlannedFile[] {
  if (!hasCache(apps)) return [];
  const root = { owner: "root", group: "root" };
  return [{ path: purgePath, content, mode: "0700", ...root, change: { effect: Effect.None, units: [] } }];
}
