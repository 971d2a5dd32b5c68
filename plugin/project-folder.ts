import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

const projectFiles = ["Pulumi.yaml", "Pulumi.yml", "Pulumi.json"];

/** The folder of the project file at a folder or above it; the folder itself where there is none. */
export function projectFolder(folder: string): string {
  for (let at = folder; ; at = dirname(at)) {
    if (projectFiles.some((file) => existsSync(join(at, file)))) return at;
    if (dirname(at) === at) return folder;
  }
}
