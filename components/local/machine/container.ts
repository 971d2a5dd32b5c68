import { spawn } from "node:child_process";
import { closeSync, existsSync, openSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { machineCgroup } from "./cgroup";
import { attempt, run } from "./command";
import { bridgeName, machineUnit } from "./names";
import { childrenOf, findProcesses, identify, innerPid, signal, waitForEnd, type ProcessIdentity } from "./processes";
import type { FullSpec } from "./spec";

/** A container that is up: systemd-nspawn and the machine's own first process. */
export interface Container {
  /** systemd-nspawn, as this computer numbers it. */
  supervisor: ProcessIdentity;
  /** The machine's PID 1, as this computer numbers it. Undefined while it is being made. */
  init?: ProcessIdentity;
}

/** What a container is started with. */
export interface ContainerArgs {
  tag: string;
  root: string;
  hosts: string;
  /** File that gets what the machine writes to its console. */
  console: string;
  /** File that gets a line at each boot. */
  boots: string;
  spec: FullSpec;
}

/** Whether systemd is this computer's PID 1, so that machines can be its units. */
export const hasSystemd = (): boolean => existsSync("/run/systemd/system");

/** Arguments of systemd-nspawn for a machine. */
export function nspawnArguments(args: ContainerArgs): string[] {
  const bind = (source: string, target: string, readOnly: boolean): string =>
    `--bind${readOnly ? "-ro" : ""}=${colons(source)}:${colons(target)}`;
  return [
    "--quiet",
    `--directory=${args.root}`,
    `--machine=${args.tag}`,
    `--hostname=${args.spec.name}`,
    "--boot",
    "--register=no",
    "--keep-unit",
    `--network-bridge=${bridgeName(args.spec.id)}`,
    "--resolv-conf=off",
    "--timezone=off",
    "--link-journal=no",
    "--console=pipe",
    bind(args.hosts, "/etc/hosts", true),
    ...args.spec.binds.map(({ source, target, readOnly }) => bind(source, target, readOnly)),
    ...(args.spec.nested ? ["--capability=all", "--system-call-filter=@mount @keyring bpf"] : []),
  ];
}

const colons = (path: string): string => path.replace(/[\\:]/g, "\\$&");

// systemd-nspawn ends with 133 when the machine rebooted itself; systemd starts its units again for it, we do it here.
const supervise =
  '[ -z "$group" ] || { mkdir -p "$group" && echo $$ >"$group/cgroup.procs"; }; while echo boot >>"$1" && shift && systemd-nspawn "$@"; [ $? = 133 ]; do set -- "$boots" "$@"; done';

/** Tells whether what was started has ended again. */
export type HasEnded = () => Promise<boolean>;

/** Starts a container and returns at once. */
export async function startContainer(args: ContainerArgs): Promise<HasEnded> {
  const nspawn = nspawnArguments(args);
  // The whole environment: nothing of this process's own reaches the machine.
  const env = {
    PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    SYSTEMD_NSPAWN_UNIFIED_HIERARCHY: "1",
  };
  if (hasSystemd()) {
    const unit = machineUnit(args.tag);
    await attempt(["systemctl", "reset-failed", unit]);
    const properties = [
      `Description=Landfall machine ${args.spec.name}`,
      "Type=notify",
      "Delegate=yes",
      "NotifyAccess=all",
      "KillMode=mixed",
      "RestartForceExitStatus=133",
      "SuccessExitStatus=133",
      "DevicePolicy=auto",
      `StandardOutput=append:${args.console}`,
      `StandardError=append:${args.console}`,
      `ExecStartPre=/bin/sh -c 'echo boot >>"$$0"' ${quoteForUnit(args.boots)}`,
    ].flatMap((property) => ["--property", property]);
    const settings = Object.entries(env).map(([name, value]) => `--setenv=${name}=${value}`);
    const start = ["systemd-run", "--quiet", "--collect", "--no-block", `--unit=${unit}`, ...properties, ...settings];
    await run([...start, "--", "systemd-nspawn", ...nspawn]);
    return async () => {
      const { stdout } = await attempt(["systemctl", "show", "--property=ActiveState,Job", unit]);
      // A unit whose start is still waiting for its turn is inactive, too.
      return /^ActiveState=(?:inactive|failed)$/m.test(stdout) && !/^Job=[1-9]/m.test(stdout);
    };
  }
  const output = openSync(args.console, "a", 0o600);
  try {
    const script = `group=$1; shift; boots=$1; ${supervise}`;
    const stdio = ["ignore", output, output] as const;
    const child = spawn(
      "sh",
      ["-c", script, "landfall-machine", machineCgroup(args.tag) ?? "", args.boots, ...nspawn],
      {
        detached: true,
        stdio: [...stdio],
        env,
        cwd: "/",
      },
    );
    await new Promise<void>((resolve, reject) => child.on("spawn", resolve).on("error", reject));
    child.unref();
    return async () => await Promise.resolve(child.exitCode !== null || child.signalCode !== null);
  } finally {
    closeSync(output);
  }
}

const quoteForUnit = (text: string): string => `"${text.replace(/["\\]/g, "\\$&").replaceAll("$", "$$$$")}"`;

/** Finds a machine's container by its name among this computer's processes; nothing that was written down can be out of date. */
export function findContainer(tag: string): Container | undefined {
  const [container] = findContainers((machine) => machine === tag);
  return container;
}

/** Containers whose name fits. */
export function findContainers(fits: (tag: string) => boolean): Container[] {
  const isNspawn = (argv: readonly string[]): boolean =>
    basename(argv[0] ?? "") === "systemd-nspawn" &&
    argv.some((word) => word.startsWith("--machine=") && fits(word.slice(10)));
  return findProcesses(isNspawn).flatMap((supervisor) => {
    const init = childrenOf(supervisor.pid).find((pid) => innerPid(pid) === 1);
    // The child that nspawn forks first has its parent's arguments and no children that are a PID 1.
    const parent = parentOf(supervisor.pid);
    if (init === undefined && parent !== undefined && isNspawn(argumentsOf(parent))) return [];
    return [{ supervisor, init: init === undefined ? undefined : identify(init) }];
  });
}

/** Ends a container at once, as a power cut does. */
export async function killContainer(tag: string): Promise<void> {
  const container = findContainer(tag);
  if (!container) return;
  if (container.init) signal(container.init, "SIGKILL");
  if (!container.init || !(await waitForEnd(container.supervisor, 10))) signal(container.supervisor, "SIGKILL");
  if (!(await waitForEnd(container.supervisor, 10)))
    throw new Error(`process ${container.supervisor.pid} cannot be ended`);
}

// systemd takes this signal for "power off" (systemd(1)); 34 is the first real-time signal on Linux with glibc.
const powerOffSignal = 34 + 4;

/** Asks a machine to power off. Returns false when it has not after `seconds`. */
export async function powerOffContainer(tag: string, seconds: number): Promise<boolean> {
  const container = findContainer(tag);
  if (!container) return true;
  if (!container.init) return false;
  signal(container.init, powerOffSignal);
  return await waitForEnd(container.supervisor, seconds);
}

function argumentsOf(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
  } catch {
    return [];
  }
}

function parentOf(pid: number): number | undefined {
  try {
    return Number(/^PPid:\s+(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]);
  } catch {
    return undefined;
  }
}
