import { existsSync, readdirSync, readFileSync, rmdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/**
 * The control group of a machine, on computers where systemd is not PID 1 to make one. systemd-nspawn puts a machine
 * below the group that it is started in, always by the same name: machines that share one see, and cannot end, each
 * other's services. Undefined where there is no second version of control groups.
 */
export function machineCgroup(tag: string): string | undefined {
  const mount = /^\S+ (\S+) cgroup2 /m.exec(readFileSync("/proc/mounts", "utf8"))?.[1];
  return mount === undefined ? undefined : join(mount, `landfall-${tag}`);
}

/** Removes what is left of a machine's control group once its last processes have ended, for which it waits 2 s. */
export async function removeCgroup(tag: string): Promise<void> {
  const group = machineCgroup(tag);
  const deadline = Date.now() + 2000;
  while (group !== undefined && existsSync(group)) {
    try {
      removeGroups(group);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EBUSY" || Date.now() > deadline) throw error;
      await sleep(20);
    }
  }
}

/** Groups are folders that can only be removed one by one, from the inside out; their files go with them. */
function removeGroups(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) removeGroups(join(folder, entry.name));
  }
  rmdirSync(folder);
}
