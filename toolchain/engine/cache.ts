import { createHash, randomBytes } from "node:crypto";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { withLock } from "./lock";

/**
 * The folder that holds everything of ours that can be made again: `LANDFALL_CACHE_HOME`, else `landfall` in
 * `XDG_CACHE_HOME` or `~/.cache`. A relative path is ignored, as the XDG rule says.
 */
export function cacheRoot(env: NodeJS.ProcessEnv = process.env): string {
  const [own, shared] = [env.LANDFALL_CACHE_HOME, env.XDG_CACHE_HOME].map((given) =>
    given && path.isAbsolute(given) ? given : undefined,
  );
  return own ?? path.join(shared ?? path.join(env.HOME || os.homedir(), ".cache"), "landfall");
}

/** A path in {@link cacheRoot}. */
export function cacheFolder(...parts: string[]): string {
  return path.join(cacheRoot(), ...parts);
}

/** A short name for what something is made from: the first 16 hexadecimal digits of a SHA-256. */
export function digestOf(...parts: readonly (string | Buffer)[]): string {
  const hash = createHash("sha256");
  for (const part of parts) {
    // The length in front keeps ("ab", "c") apart from ("a", "bc").
    hash.update(`${Buffer.byteLength(part)}:`).update(part);
  }
  return hash.digest("hex").slice(0, 16);
}

/**
 * Makes a folder of the cache unless it is there. It is made beside its place and renamed into it, so a folder that is
 * there is whole; of several processes one makes it and the others wait.
 *
 * @returns whether it was made by this call
 */
export async function makeOnce(
  folder: string,
  make: (beside: string) => Promise<void>,
  report: (line: string) => void = () => undefined,
): Promise<boolean> {
  if (fs.existsSync(folder)) {
    return false;
  }
  fs.mkdirSync(path.dirname(folder), { recursive: true });
  return withLock(
    `${folder}.lock`,
    async () => {
      if (fs.existsSync(folder)) {
        return false;
      }
      removeLeftovers(folder);
      const beside = `${folder}.new-${randomBytes(4).toString("hex")}`;
      fs.mkdirSync(beside);
      try {
        await make(beside);
        moveInto(beside, folder);
      } finally {
        fs.rmSync(beside, { recursive: true, force: true });
      }
      return true;
    },
    { report },
  );
}

/** Notes that a folder is still wanted, for {@link removeUnused}. */
export function markUsed(folder: string): void {
  fs.utimesSync(folder, new Date(), new Date());
}

/** Removes the folders in a folder of the cache that were neither made nor marked as used for a number of days. */
export function removeUnused(parent: string, days: number): void {
  const oldest = Date.now() - days * 24 * 60 * 60 * 1000;
  for (const entry of fs.readdirSync(parent, { withFileTypes: true })) {
    const folder = path.join(parent, entry.name);
    if (entry.isDirectory() && fs.statSync(folder).mtimeMs < oldest) {
      fs.rmSync(folder, { recursive: true, force: true });
    }
  }
}

function moveInto(beside: string, folder: string): void {
  try {
    fs.renameSync(beside, folder);
  } catch (error) {
    // Made by somebody who could not see our lock (a shared cache): theirs is as good.
    if (!fs.existsSync(folder)) {
      throw error;
    }
  }
}

/** What a process that was killed while it made the folder left behind. Only the holder of the lock may do this. */
function removeLeftovers(folder: string): void {
  const parent = path.dirname(folder);
  for (const name of fs.readdirSync(parent)) {
    if (name.startsWith(`${path.basename(folder)}.new-`)) {
      fs.rmSync(path.join(parent, name), { recursive: true, force: true });
    }
  }
}
