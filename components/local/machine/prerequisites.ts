import { run, type Report } from "./command";
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
  const apt = [
    ...(computer.root ? [] : ["sudo"]),
    "env",
    "DEBIAN_FRONTEND=noninteractive",
    "apt-get",
    "-q",
    "-o",
    "DPkg::Lock::Timeout=120",
  ];
  report(`local machines: installing ${packages.join(", ")} with apt`);
  await run([...apt, "update"], { timeoutSeconds: 300 });
  await run([...apt, "-y", "--no-install-recommends", "install", ...packages], { timeoutSeconds: 600 });
  const missing = inspectComputer().missingPrograms;
  if (missing.length > 0) throw new Error(`still missing after apt-get install: ${missing.join(", ")}`);
}
