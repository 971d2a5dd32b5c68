import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** The version of the rules: that of the package they are in. */
export function version(): string {
  let folder = __dirname;
  while (!existsSync(join(folder, "package.json"))) folder = dirname(folder);
  const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { version: string };
  return manifest.version;
}
