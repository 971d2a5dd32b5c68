import { isAbsolute, join, relative, resolve, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { Finding } from "../finding";

/** A line of a file on this computer. */
export interface Location {
  /** Path as it can be opened from the current folder. */
  readonly path: string;
  readonly line: number;
}

/**
 * Where on this computer a finding can be looked at: the line, where it is in the file that was checked or in a file of
 * the folder, else the beginning of what was checked. Most findings are inside a host's files, which only a plan holds.
 *
 * @param subject the file or folder that was checked; null for findings about files of their own
 * @param isFolder whether it is a folder
 */
export function locationOf({ place }: Finding, subject: string | null, isFolder: boolean): Location {
  const line = place?.line ?? 1;
  if (subject === null) return { path: place?.file ?? ".", line };
  if (place?.file === subject) return { path: subject, line };
  if (isFolder && place && !isAbsolute(place.file)) return { path: join(subject, place.file), line };
  return { path: subject, line: 1 };
}

/** A path as SARIF wants it: relative to the root of the repository, or a URL where it lies elsewhere. */
export function sarifUri(path: string, root: string): string {
  const inside = relative(root, resolve(root, path));
  if (inside === "" || inside.split(sep)[0] === ".." || isAbsolute(inside))
    return pathToFileURL(resolve(root, path)).href;
  return inside.split(sep).map(encodeURIComponent).join("/");
}
