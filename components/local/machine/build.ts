import { existsSync, readdirSync, renameSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { run, type RunOptions } from "./command";
import { removeTree } from "./mounts";
import { withLock } from "./lock";

/**
 * Makes a folder once. It is built beside its place and moved there when complete, one process at a time, so a folder
 * that is there is whole. What an interrupted build left is removed by the next.
 *
 * @param build fills the folder that it is given
 * @param onWait called once when another process has been building it for a second
 */
export async function buildOnce(
  folder: string,
  build: (beside: string) => Promise<void>,
  onWait?: () => void,
): Promise<void> {
  if (existsSync(folder)) return;
  const name = basename(folder);
  const work = async (): Promise<void> => {
    if (existsSync(folder)) return;
    const marker = `.${name}.building-`;
    for (const entry of readdirSync(dirname(folder))) {
      if (entry.startsWith(marker)) await removeTree(join(dirname(folder), entry));
    }
    const beside = join(dirname(folder), `${marker}${process.pid}`);
    await run(["mkdir", "-p", "--mode=0755", beside]);
    try {
      await build(beside);
      await run(["sync", "--file-system", beside]); // a crash after the move must not leave empty files
      renameSync(beside, folder);
    } catch (error) {
      await removeTree(beside);
      throw error;
    }
  };
  await withLock(join(dirname(folder), `.${name}.lock`), work, onWait);
}

/**
 * Runs a shell script whose mounts and processes cannot outlive it, nor this process: it has namespaces of its own for
 * both, and the kernel ends it with its parent.
 */
export async function runConfined(script: string, args: readonly string[], options: RunOptions = {}): Promise<string> {
  const confine = [
    "setpriv",
    "--pdeathsig",
    "KILL",
    "unshare",
    "--mount",
    "--pid",
    "--fork",
    "--kill-child",
    "--mount-proc",
  ];
  return await run([...confine, "sh", "-euc", script, "sh", ...args], options);
}
