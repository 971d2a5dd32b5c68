import { spawnSync } from "node:child_process";
import { installPackages } from "../../components/local/machine/apt";
import type { Report } from "../../components/local/machine/command";
import { findProgram } from "../../components/local/machine/supported";
import { becomeRootCapable } from "./privilege";

/** Something that tests need of this computer. */
interface Need {
  /** Debian package that has it. */
  package: string;
  /** Program of the package. */
  program: string;
  /** Arguments with which the program ends well when the need is met. @default none: it only has to be there */
  proof?: readonly string[];
}

/**
 * What tests of all tiers run on this computer, beside what is part of every Debian. No package here starts a service:
 * services are tested on machines, and nginx is unpacked by its tests, not installed.
 */
const needs: readonly Need[] = [
  { package: "curl", program: "curl" },
  { package: "git", program: "git" },
  { package: "openssh-client", program: "ssh-keygen" },
  { package: "openssl", program: "openssl" },
  { package: "python3", program: "python3" },
  { package: "python3-venv", program: "python3", proof: ["-c", "import ensurepip, venv"] },
  { package: "systemd", program: "systemd-analyze" },
];

/** Debian packages of what is missing here. */
export function missingTestPackages(): string[] {
  return needs.filter((need) => !isMet(need)).map((need) => need.package);
}

/**
 * Installs the programs that tests run, unless they are there. Where there is no apt, or no right to use it, it says
 * what is missing and leaves the rest to the tests: most do without.
 */
export async function ensureTestPrograms(report: Report): Promise<void> {
  const missing = missingTestPackages();
  if (missing.length === 0) return;
  const list = missing.join(", ");
  const root = process.getuid?.() === 0;
  if (!findProgram("apt-get") || !(root || findProgram("sudo"))) {
    const why = findProgram("apt-get") ? "this needs root, and there is no sudo" : "there is no apt here";
    report(`tests that need these Debian packages will fail: ${list}; install them by hand (${why})`);
    return;
  }
  await becomeRootCapable();
  report(`installing what tests need: ${list} ...`);
  await installPackages(missing);
  const still = missingTestPackages();
  if (still.length > 0) {
    throw new Error(
      `still missing after apt-get install: ${still.join(", ")}; does another program on PATH hide them?`,
    );
  }
}

function isMet({ program, proof }: Need): boolean {
  const found = findProgram(program);
  return found !== undefined && (proof === undefined || spawnSync(found, proof, { stdio: "ignore" }).status === 0);
}
