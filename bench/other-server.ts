import { existsSync, readdirSync, readlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { render } from "../components/host/nginx/render";
import type { Directive } from "../components/host/nginx/tree";
import { run } from "../components/local/machine/command";
import { runInside } from "../components/local/machine/inside";
import { machineRoot, runningContainer } from "../components/local/machine/machine";

/** A machine with a site of ours, on which other web servers are started beside it. */
export interface SharedMachine {
  id: string;
  machine: string;
}

/** Runs a shell script on the machine to its end. */
export async function onMachine({ id, machine }: SharedMachine, script: string, timeoutSeconds = 120): Promise<void> {
  const { init } = runningContainer(id, machine);
  const ended = await runInside(init.pid, ["sh", "-euc", script], { timeoutSeconds });
  if (ended.code !== 0)
    throw new Error(`on machine ${machine}: ${(ended.stderr || ended.stdout).trim().split("\n").slice(-5).join("; ")}`);
}

/** Writes a file of the machine. */
export function writeOn({ id, machine }: SharedMachine, path: string, text: string): void {
  writeFileSync(join(machineRoot(id, machine), path), text);
}

/** Starts another nginx with a configuration of its own, which names a port and a pid file that nobody else has. */
export async function startNginx(on: SharedMachine, name: string, configuration: readonly Directive[]): Promise<void> {
  const file = `/etc/nginx-${name}.conf`;
  const log = `/var/log/nginx/${name}-start.log`;
  writeOn(on, file, render(configuration));
  // The daemon would hold its output open, and with it the one who waits for it.
  await onMachine(on, `nginx -c ${file} >${log} 2>&1 || { cat ${log} >&2; exit 1; }`);
}

/**
 * Keeps all that the machine runs on one processor and leaves the other to the load generator, so that what is compared
 * is the work that a request takes on the server, and not how four programs share two processors.
 */
export async function confine({ id, machine }: SharedMachine): Promise<void> {
  const space = (pid: number | string): string => readlinkSync(`/proc/${pid}/ns/pid`);
  const own = space(runningContainer(id, machine).init.pid);
  for (const pid of readdirSync("/proc").filter((entry) => /^\d+$/.test(entry))) {
    if (existsSync(`/proc/${pid}/exe`) && space(pid) === own) await run(["taskset", "-a", "-c", "-p", "1", pid]);
  }
}
