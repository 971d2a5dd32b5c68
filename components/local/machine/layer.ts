import { chmodSync, chownSync, existsSync, lstatSync, mkdirSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { buildOnce } from "./build";
import { run } from "./command";
import { cacheHome } from "./folders";
import { machineRoot, runningContainer } from "./machine";

/** Where cached parts of machines' file systems are kept. */
const layerFolder = (key: string): string => join(cacheHome(), "layers", checkKey(key));

/** The cached layer of a key, to be named in `layers` of a later machine's spec; undefined when there is none. */
export function cachedLayer(key: string): string | undefined {
  const folder = layerFolder(key);
  return existsSync(folder) ? folder : undefined;
}

/**
 * Keeps a copy of a folder of a running machine, e.g. a Python environment, so that later machines have it from the
 * start. Made once for each key: what is there already is returned as it is.
 *
 * @param guestPath absolute path of a folder in the machine, without links on the way
 */
export async function harvestLayer(
  machine: { id: string; name: string },
  guestPath: string,
  key: string,
): Promise<string> {
  const folder = layerFolder(key);
  runningContainer(machine.id, machine.name);
  const root = machineRoot(machine.id, machine.name);
  const steps = checkPath(root, guestPath);
  mkdirSync(dirname(folder), { recursive: true });
  await buildOnce(folder, async (beside) => {
    for (const step of steps.slice(0, -1)) {
      const { mode, uid, gid } = lstatSync(join(root, step));
      mkdirSync(join(beside, step));
      chownSync(join(beside, step), uid, gid);
      chmodSync(join(beside, step), mode & 0o7777);
    }
    await run([
      "cp",
      "--archive",
      "--reflink=auto",
      "--no-target-directory",
      join(root, guestPath),
      join(beside, guestPath),
    ]);
  });
  return folder;
}

/** The folders on the way to a path, each checked to be a real folder: a link would lead out of the machine. */
function checkPath(root: string, guestPath: string): string[] {
  const parts = guestPath.split("/").slice(1);
  if (!guestPath.startsWith("/") || normalize(guestPath) !== guestPath || parts.includes("")) {
    throw new Error(`path ${JSON.stringify(guestPath)} is not a plain absolute path`);
  }
  const steps = parts.map((_, index) => `/${parts.slice(0, index + 1).join("/")}`);
  for (const step of steps) {
    if (!lstatSync(join(root, step)).isDirectory())
      throw new Error(`path ${guestPath}: ${step} is not a folder in the machine`);
  }
  return steps;
}

function checkKey(key: string): string {
  if (/^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/.test(key)) return key;
  throw new Error(
    `key ${JSON.stringify(key)} cannot name a layer: letters, digits, dots, hyphens, underscores, at most 128`,
  );
}
