import { ProducedPath } from "./host-view";

/** Linux gives up on a path after as many links (path_resolution(7)). */
const mostLinks = 40;

/** Follows links, also those of folders above the path; a path that goes in circles comes back as it is. */
export function followLinks(path: string, links: ReadonlyMap<string, string>): string {
  let current = path;
  for (let followed = 0; followed < mostLinks; followed++) {
    const next = followOne(current, links);
    if (next === null) return current;
    current = next;
  }
  return path;
}

function followOne(path: string, links: ReadonlyMap<string, string>): string | null {
  for (let end = path.length; end > 0; end = path.lastIndexOf("/", end - 1)) {
    const target = links.get(path.slice(0, end));
    if (target !== undefined) return target + path.slice(end);
  }
  return null;
}

/** The links among what commands produce, with where they lead. */
export function linksOf(produced: readonly ProducedPath[]): Map<string, string> {
  return new Map(produced.flatMap(({ path, target }) => (target === null || target === path ? [] : [[path, target]])));
}
