import { readFileSync } from "node:fs";
import { basename, join } from "node:path";

/** Where the launcher of Gramex apps lies on a host. */
export const gramexLauncher = "/usr/local/lib/landfall/gramex-launcher.py";

/** Where the launcher of uvicorn and ESG lies on a host. */
export const asgiLauncher = "/usr/local/lib/landfall/asgi-launcher.py";

/**
 * Programs of ours that apps are started by, by their paths on the host. A host has those that the command of one of its
 * apps names.
 */
export const launchers: Readonly<Record<string, string>> = Object.fromEntries(
  [asgiLauncher, gramexLauncher].map((path) => [path, readFileSync(join(__dirname, basename(path)), "utf8")]),
);
