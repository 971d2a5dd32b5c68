import { HostView, Production, ReadFile } from "./host-view";
import { followLinks, linksOf } from "./links";
import { Place } from "./place";

/** The file at a path, through links; null when the source does not give it. */
export function fileAt(view: HostView, path: string): ReadFile | null {
  const real = followLinks(path, linksOf(view.produced));
  return view.files.find((file) => file.path === path) ?? view.files.find((file) => file.path === real) ?? null;
}

/** What puts a file or folder on the host. */
export interface Provided {
  /** `file` when the source gives its content, or that of a file in it. */
  readonly how: Production | "file";
  readonly place: Place;
}

/**
 * How a file or folder comes to be on the host: written, or with files in it that are; copied, cloned, fetched, unpacked or
 * built, itself or a folder above it. A folder that is made but stays empty counts least. Null when nothing provides it.
 */
export function provides(view: HostView, path: string): Provided | null {
  const links = linksOf(view.produced);
  const real = followLinks(path, links);
  const isIn = (inner: string, outer: string): boolean => inner === outer || inner.startsWith(`${outer}/`);
  const file = view.files.find((one) => isIn(one.path, path) || isIn(one.path, real));
  if (file) return { how: "file", place: file.place };
  const made = view.produced.filter(({ how }) => how !== Production.Link);
  const filled = made.find(
    (one) => one.how !== Production.Directory && (isIn(path, one.path) || isIn(real, one.path) || isIn(one.path, real)),
  );
  const found = filled ?? made.find((one) => one.path === path || one.path === real);
  return found ? { how: found.how, place: found.place } : null;
}
