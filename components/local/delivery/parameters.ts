import { chmodSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { parametersFolder } from "./folders";

/** Which machine gets the parameters. */
export interface ParametersSpec {
  id: string;
  machine: string;
}

/**
 * Writes a machine's parameters, one file each, readable by root only, and removes those that are no longer given.
 * Fails, without naming any value, on a name that would leave the folder.
 */
export function deliverParameters(spec: ParametersSpec, values: Readonly<Record<string, string>>): void {
  const folder = parametersFolder(spec.id, spec.machine);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
  const wanted = new Set<string>();
  for (const [name, value] of Object.entries(values)) {
    if (!/^[a-z0-9][a-z0-9._-]*(?:\/[a-z0-9][a-z0-9._-]*)*$/i.test(name)) {
      throw new Error(
        `parameter ${JSON.stringify(name)}: a name is words of letters, digits, ".", "_", "-", split by "/"`,
      );
    }
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    const beside = `${path}.${process.pid}.new`;
    writeFileSync(beside, value, { mode: 0o600 });
    renameSync(beside, path);
    wanted.add(name);
  }
  for (const path of filesIn(folder)) {
    if (!wanted.has(relative(folder, path))) rmSync(path, { force: true });
  }
}

function filesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
