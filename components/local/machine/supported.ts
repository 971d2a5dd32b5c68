import { accessSync, constants, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";

/** Programs that local machines need, and the Debian packages that have them. */
export const programs: Readonly<Record<string, string>> = {
  "systemd-nspawn": "systemd-container",
  mmdebstrap: "mmdebstrap",
  nft: "nftables",
  ip: "iproute2",
  ss: "iproute2",
  nsenter: "util-linux",
  unshare: "util-linux",
  setpriv: "util-linux",
  flock: "util-linux",
  mount: "mount",
  chroot: "coreutils",
};

/** What matters of a computer. */
export interface Computer {
  /** `process.platform`. */
  platform: string;
  root: boolean;
  sudo: boolean;
  /** Whether root may mount and make links here; in an ordinary container it may not. */
  privileged: boolean;
  missingPrograms: string[];
  /** Whether apt can install what is missing. */
  apt: boolean;
}

/** Linux's numbers of CAP_NET_ADMIN and CAP_SYS_ADMIN (linux/capability.h). */
const neededCapabilities = [12n, 21n];

/** Looks at this computer. */
export function inspectComputer(): Computer {
  const root = process.getuid?.() === 0;
  const effective = BigInt(`0x${/^CapEff:\s*([0-9a-f]+)$/m.exec(read("/proc/self/status"))?.[1] ?? "0"}`);
  return {
    platform: process.platform,
    root,
    sudo: findProgram("sudo") !== undefined,
    privileged: !root || neededCapabilities.every((capability) => (effective >> capability) & 1n),
    missingPrograms: Object.keys(programs).filter((program) => findProgram(program) === undefined),
    apt: findProgram("apt-get") !== undefined,
  };
}

const otherWays =
  "Other ways: run this on a Linux computer or in a Linux VM, or deploy to any VM that you reach over SSH with `ServerSite`.";

/**
 * Why a computer cannot run local machines, in one message that also names the other ways; undefined when it can.
 * Programs that apt can install are no reason (see `ensurePrerequisites`).
 */
export function unsupportedReason(computer: Computer): string | undefined {
  const reasons: string[] = [];
  if (computer.platform !== "linux") {
    reasons.push(`they are containers of Linux, and this is ${computer.platform}`);
  } else {
    if (!computer.root && !computer.sudo) reasons.push("they need root, and there is no sudo");
    if (!computer.privileged) reasons.push("root may not mount file systems or make network links here (a container?)");
    if (computer.missingPrograms.length > 0 && !computer.apt) {
      reasons.push(
        `these programs are missing: ${computer.missingPrograms.join(", ")} (packages ${packagesFor(computer.missingPrograms).join(", ")})`,
      );
    }
  }
  return reasons.length > 0 ? `Local machines cannot run here: ${reasons.join("; ")}.\n${otherWays}` : undefined;
}

/** Throws when this computer cannot run local machines. */
export function assertSupported(computer: Computer = inspectComputer()): void {
  const reason = unsupportedReason(computer);
  if (reason !== undefined) throw new Error(reason);
}

/** Debian packages that have the programs. */
export function packagesFor(missing: readonly string[]): string[] {
  return [...new Set(missing.flatMap((program) => programs[program] ?? []))].sort();
}

// Ordinary users of Debian do not have the folders of system programs on their path.
const systemFolders = ["/usr/local/sbin", "/usr/sbin", "/sbin"];

/** Where a program is, on PATH or in the folders of system programs; undefined when it is in none of them. */
export function findProgram(name: string): string | undefined {
  const folders = [...(process.env.PATH ?? "").split(delimiter), ...systemFolders];
  return folders.map((folder) => join(folder, name)).find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
