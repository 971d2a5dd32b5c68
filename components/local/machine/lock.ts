import { spawn } from "node:child_process";
import { mkdirSync, statSync } from "node:fs";
import { dirname } from "node:path";

// The kernel's lock is held by a small shell that ends when its standard input does, so it is given back even when
// this process is killed. The inode says whether the file was removed, and the lock with it, while we waited.
const holder = 'exec 9>>"$1"; flock 9 && stat -L -c %i /dev/fd/9 && exec cat >/dev/null';

/**
 * Runs `work` while no other process does the same under this path.
 *
 * @param onWait called once when another process has kept the lock for a second
 */
export async function withLock<T>(path: string, work: () => Promise<T>, onWait?: () => void): Promise<T> {
  for (;;) {
    mkdirSync(dirname(path), { recursive: true });
    const notice = onWait && setTimeout(onWait, 1000);
    const release = await hold(path).finally(() => clearTimeout(notice));
    if (release === undefined) continue;
    try {
      return await work();
    } finally {
      await release();
    }
  }
}

async function hold(path: string): Promise<(() => Promise<void>) | undefined> {
  const child = spawn("sh", ["-c", holder, "sh", path], {
    stdio: ["pipe", "pipe", "pipe"],
    env: { ...process.env, LC_ALL: "C" },
  });
  const ended = new Promise<void>((resolve) => child.on("close", () => resolve()));
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => (said += chunk));
  const inode = await new Promise<string | undefined>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      // The folder was removed since we made it, and may be there again by now: the shell's own words tell.
      if (/nonexistent|No such file/.test(said)) resolve(undefined);
      else reject(new Error(`${path} cannot be locked (status ${code}): ${said.trim()}`));
    });
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => resolve(chunk.trim()));
  });
  const release = async (): Promise<void> => {
    child.stdin.end();
    await ended;
  };
  if (inode !== undefined && inodeOf(path) === inode) return release;
  await release();
  return undefined;
}

function inodeOf(path: string): string | undefined {
  try {
    return String(statSync(path, { bigint: true }).ino);
  } catch {
    return undefined;
  }
}
