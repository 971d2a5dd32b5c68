import { installPackages } from "./apt";
import type { Report } from "./command";
import { assertSupported, inspectComputer, packagesFor } from "./supported";

/**
 * Installs the programs that local machines need, with apt and, when not root, sudo. Does nothing when they are there;
 * fails with one clear error where local machines cannot run at all.
 */
export async function ensurePrerequisites(report: Report): Promise<void> {
  const computer = inspectComputer();
  assertSupported(computer);
  if (computer.missingPrograms.length === 0) return;
  const packages = packagesFor(computer.missingPrograms);
  // On Ubuntu mmdebstrap lacks the keys of Debian's archive.
  if (packages.includes("mmdebstrap")) packages.unshift("debian-archive-keyring");
  report(`local machines: installing ${packages.join(", ")} with apt`);
  await installPackages(packages);
  const missing = inspectComputer().missingPrograms;
  if (missing.length > 0) throw new Error(`still missing after apt-get install: ${missing.join(", ")}`);
}
