import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { InputError } from "./input-error";

/** A file of a folder, by its path from there. */
export interface ConfigurationFile {
  readonly path: string;
  /** Null when it is there, but cannot be read as text. */
  readonly content: string | null;
}

/** Most files of a folder; `/etc/nginx` of a large host has some hundred. */
const mostFiles = 5000;

/** Largest file whose content is looked at, in bytes. */
const largestFile = 4 * 1024 * 1024;

/**
 * All files of a folder with nginx's configuration, in the order of their paths.
 *
 * @throws {InputError} when there is none, or so many that it must be another folder
 */
export function configurationFiles(folder: string): ConfigurationFile[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  if (files.length === 0) throw new InputError("is an empty folder; give one with nginx's configuration");
  if (files.length > mostFiles) {
    throw new InputError(
      `has ${files.length} files, too many for nginx's configuration; give the folder of nginx.conf`,
    );
  }
  return files.map((path) => ({ path: relative(folder, path), content: textOf(path) }));
}

/** A link that leads nowhere, a program or a key in binary form is there, but has no text. */
function textOf(path: string): string | null {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats?.isFile() || stats.size > largestFile) return null;
  const content = readFileSync(path);
  return content.includes(0) ? null : content.toString("utf8");
}
