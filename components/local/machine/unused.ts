import { existsSync, readFileSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { removeTree } from "./mounts";

// Long enough that a project which is looked at once a month still finds its images.
const keptDays = 45;
const stampOf = (folder: string): string => join(dirname(folder), `.${basename(folder)}.used`);

/**
 * Notes that a cached folder is in use, and removes those beside it that were not for a long time: a change of mirror
 * or of packages makes new images, and nobody would ever ask for the old ones again.
 */
export async function markUsed(folder: string, now = new Date()): Promise<void> {
  const stamp = stampOf(folder);
  if (!existsSync(stamp)) writeFileSync(stamp, "");
  utimesSync(stamp, now, now);
  const beside = dirname(folder);
  const mounted = readFileSync("/proc/self/mountinfo", "utf8");
  for (const name of readdirSync(beside).filter((entry) => !entry.startsWith("."))) {
    const other = join(beside, name);
    const used = stampOf(other);
    if (!existsSync(used) || mounted.includes(other)) continue;
    if (now.getTime() - statSync(used).mtimeMs < keptDays * 24 * 3600 * 1000) continue;
    await removeTree(other);
    for (const leftover of [used, join(beside, `.${name}.lock`)]) rmSync(leftover, { force: true });
  }
}
