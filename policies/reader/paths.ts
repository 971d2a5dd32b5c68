import { posix } from "node:path";

/** Linux's PATH_MAX, less the byte that ends a path. */
const longest = 4095;

/** A path made absolute, without `.`, `..` and doubled slashes, seen from a folder; null when Linux would not take it. */
export function absolutePath(path: string, from = "/"): string | null {
  if (path === "" || path.length > longest || path.includes("\0")) return null;
  const absolute = posix.resolve(from, path);
  return absolute.length > longest ? null : absolute;
}
