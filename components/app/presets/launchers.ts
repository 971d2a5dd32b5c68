import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Where the launcher of Gramex apps lies on a host. */
export const gramexLauncher = "/usr/local/lib/landfall/gramex-launcher.py";

/**
 * Programs of ours that apps are started by, by their paths on the host. A host has those that the command of one of its
 * apps names.
 */
export const launchers: Readonly<Record<string, string>> = {
  [gramexLauncher]: readFileSync(join(__dirname, "gramex-launcher.py"), "utf8"),
};
