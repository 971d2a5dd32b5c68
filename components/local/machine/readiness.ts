import { existsSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { type Container, findContainer, type HasEnded } from "./container";
import { runInside } from "./inside";
import { redact } from "./command";
import { isAlive } from "./processes";

/** A machine that is waited for. */
export interface Boot {
  tag: string;
  name: string;
  /** File that gets what it writes to its console. */
  console: string;
  /** How long it may take. */
  seconds: number;
  /** Tells whether it has ended; undefined when somebody else started it. */
  hasEnded?: HasEnded;
}

/** Waits until systemd answers in a machine and its network is up. */
export async function waitForBoot(boot: Boot): Promise<void> {
  const deadline = Date.now() + boot.seconds * 1000;
  const fail = (reason: string): Error =>
    new Error(
      `machine ${boot.name} ${reason}; the end of its console:\n  ${consoleTail(boot.console).replaceAll("\n", "\n  ")}`,
    );
  let seen = false;
  let container: Container | undefined;
  for (;;) {
    const ended = await boot.hasEnded?.();
    // To find it means to read the arguments of all processes, so it is looked for until it is found.
    if (!container?.init || !isAlive(container.init)) container = findContainer(boot.tag);
    if (!container && (ended ?? seen)) throw fail("ended while it booted");
    seen ||= container !== undefined;
    if (container?.init && isUp(container.init.pid)) {
      const outcome = await runInside(container.init.pid, ["systemctl", "is-active", "--quiet", "basic.target"], {
        timeoutSeconds: 5,
      });
      if (outcome.code === 0 && isAlive(container.init)) return;
    }
    if (Date.now() > deadline) throw fail(`did not boot within ${boot.seconds} s`);
    await sleep(25);
  }
}

/** What cloud-init says of a boot. */
export interface CloudInitResult {
  done: boolean;
  /** What went wrong; empty when nothing did. */
  errors: string[];
}

/** What cloud-init has written down in a running machine. */
export function cloudInitResult(init: number): CloudInitResult {
  const path = `/proc/${init}/root/run/cloud-init/result.json`;
  if (!existsSync(path)) return { done: false, errors: [] };
  const { v1 } = JSON.parse(readFileSync(path, "utf8")) as { v1: { errors: string[] } };
  return { done: true, errors: v1.errors };
}

/** The last lines that a machine wrote to its console. */
export function consoleTail(path: string, lines = 20): string {
  if (!existsSync(path)) return "(nothing)";
  return redact(readFileSync(path, "utf8").trimEnd().split("\n").slice(-lines).join("\n"));
}

/** Whether sockets listen and the machine's address is set, seen from outside: asking inside costs four processes each time. */
function isUp(init: number): boolean {
  try {
    const routes = readFileSync(`/proc/${init}/net/route`, "utf8");
    return /^host0\t00000000\t/m.test(routes) && existsSync(`/proc/${init}/root/run/dbus/system_bus_socket`);
  } catch {
    return false; // it has just ended
  }
}
