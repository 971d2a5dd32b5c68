import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";

import { Archive, Asset } from "../property/value";
import { matchGlob } from "./glob";

/**
 * The files below a directory that a list of patterns names, as assets by their path from there.
 *
 * Patterns are taken in order; one that begins with `!` leaves out what earlier ones named. Symbolic links to files count
 * as files; links to directories are not followed, so a loop does no harm.
 */
export async function findAssets(directory: string, patterns: readonly string[]): Promise<Record<string, Asset>> {
  const rules = patterns.map((pattern) =>
    pattern.startsWith("!")
      ? { leaveOut: true, matches: matchGlob(pattern.slice(1)) }
      : { leaveOut: false, matches: matchGlob(pattern) },
  );
  const found: Record<string, Asset> = {};
  for (const name of (await filesBelow(directory, "")).sort()) {
    const last = rules.findLast(({ matches }) => matches(name));
    if (!last || last.leaveOut) continue;
    const place = path.join(directory, name);
    found[name] = new Asset({ path: place }, await digestOf(place));
  }
  return found;
}

/** A bundle of files, named by their content. */
export function archiveOf(assets: Readonly<Record<string, Asset>>): Archive {
  const digest = createHash("sha256");
  for (const [name, asset] of Object.entries(assets)) digest.update(`${name}\0${asset.hash}\n`);
  return new Archive({ assets }, digest.digest("hex"));
}

async function filesBelow(directory: string, prefix: string): Promise<string[]> {
  const entries = await fs.promises.readdir(path.join(directory, prefix), { withFileTypes: true });
  const below = await Promise.all(
    entries.map((entry) => {
      const name = path.posix.join(prefix, entry.name);
      if (entry.isDirectory()) return filesBelow(directory, name);
      return isFile(path.join(directory, name)).then((file) => (file ? [name] : []));
    }),
  );
  return below.flat();
}

async function isFile(place: string): Promise<boolean> {
  try {
    return (await fs.promises.stat(place)).isFile();
  } catch (error) {
    // A link to nothing, or a file that went away meanwhile.
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return false;
    throw error;
  }
}

async function digestOf(place: string): Promise<string> {
  const digest = createHash("sha256");
  for await (const chunk of fs.createReadStream(place)) digest.update(chunk as Buffer);
  return digest.digest("hex");
}
