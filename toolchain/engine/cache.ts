import { createHash, randomBytes } from "node:crypto";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { withLock } from "./lock";

/** The folder that holds everything of ours that can be made again, by the XDG rule: a relative path there is ignored. */
export function cacheRoot(env: NodeJS.ProcessEnv = process.env): string {
  const given = env.XDG_CACHE_HOME;
  const parent = given && path.isAbsolute(given) ? given : path.join(env.HOME || os.homedir(), ".cache");
  return path.join(parent, "landfall");
}

/** A path in our cache: `$XDG_CACHE_HOME/landfall/...`, `~/.cache/landfall/...` where that is not set. */
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
