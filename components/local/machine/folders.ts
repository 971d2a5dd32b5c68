import {
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  statfsSync,
  writeFileSync,
} from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";

export { cacheHome } from "../../host/cache-home";

/** Folder of what runs: `$LANDFALL_STATE_HOME`, else `landfall` in `$XDG_STATE_HOME`, else `~/.local/state/landfall`. */
export function stateHome(env: NodeJS.ProcessEnv = process.env): string {
  if (env.LANDFALL_STATE_HOME) return env.LANDFALL_STATE_HOME;
  return join(env.XDG_STATE_HOME || join(env.HOME || homedir(), ".local", "state"), "landfall");
}

/** Folder of a stack: its network, machines and forwarder. */
export const stackFolder = (id: string): string => join(stateHome(), id);

/** Folder of a stack's machines. */
export const machinesFolder = (id: string): string => join(stackFolder(id), "machines");

/** Folder of one machine. */
export const machineFolder = (id: string, name: string): string => join(machinesFolder(id), name);

// File systems by the number that statfs(2) gives (linux/magic.h) that cannot hold the upper layer of an overlay.
const unfit = new Map<number, string>([
  [0x794c7630, "overlay"],
  [0x6969, "NFS"],
  [0x01021997, "9p"],
  [0x65735546, "FUSE"],
  [0xff534d42, "CIFS"],
  [0xfe534d42, "SMB"],
  [0x4d44, "FAT"],
  [0xf15f, "eCryptfs"],
]);

/** Refuses a folder that cannot hold machines, with the way out. */
export function checkHoldsMachines(folder: string, variable: string): void {
  mkdirSync(folder, { recursive: true });
  const kind = unfit.get(statfsSync(folder).type >>> 0);
  if (kind !== undefined) {
    throw new Error(
      `${folder} lies on ${kind}, which cannot carry a machine's overlay; ` +
        `set ${variable} to a folder on ext4, xfs, btrfs or tmpfs`,
    );
  }
  if (/[\\:,\n]/.test(folder)) {
    throw new Error(`${folder} has a character that overlay mounts cannot carry (\\ : ,); set ${variable} to another`);
  }
}

/** Reads a JSON file; undefined when there is none. */
export function readJson<T>(path: string): T | undefined {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as T;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    if (error instanceof SyntaxError) return undefined; // cut off by a crash: the same as not written
    throw error;
  }
}

/** Writes a JSON file so that a reader sees the old one or the new one, never half of it. Only its owner can read it. */
export function writeJson(path: string, value: unknown): void {
  mkdirSync(dirname(path), { recursive: true });
  const beside = `${path}.${process.pid}.new`;
  writeFileSync(beside, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
  renameSync(beside, path);
}

/** Makes a stack's folder. It belongs to the user who called sudo, whose other programs keep files in it too. */
export function makeStackFolder(id: string, env: NodeJS.ProcessEnv = process.env): void {
  const folder = stackFolder(id);
  if (existsSync(folder)) return;
  mkdirSync(folder, { recursive: true });
  if (env.SUDO_UID && env.SUDO_GID) chownSync(folder, Number(env.SUDO_UID), Number(env.SUDO_GID));
}

/** Removes a folder when there is nothing in it. */
export function removeEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch (error) {
    if (!["ENOENT", "ENOTEMPTY", "EEXIST"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
  }
}
