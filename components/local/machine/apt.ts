import { run } from "./command";

/** Installs Debian packages, with sudo when not root, after fetching new package lists. Fails with apt's own words. */
export async function installPackages(packages: readonly string[]): Promise<void> {
  const apt = [
    ...(process.getuid?.() === 0 ? [] : ["sudo"]),
    "env",
    "DEBIAN_FRONTEND=noninteractive",
    "apt-get",
    "-q",
    "-o",
    "DPkg::Lock::Timeout=120",
  ];
  await run([...apt, "update"], { timeoutSeconds: 300 });
  await run([...apt, "-y", "--no-install-recommends", "install", ...packages], { timeoutSeconds: 600 });
}
