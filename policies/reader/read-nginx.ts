import { posix } from "node:path";
import { HostDraft } from "./draft";
import { HostView, Production, ReadFile } from "./host-view";
import { limits } from "./limits";
import { packagedNginx } from "./nginx/configuration";
import { viewOfSource } from "./view";

/** A file that was found on this computer. */
export interface FoundFile {
  /** Absolute, or seen from the folder. */
  readonly path: string;
  /** Null when it is not to be read, e.g. no text. */
  readonly content: string | null;
}

/** What is looked at in a folder without a main file. */
const parts = ["*.conf", ...packagedNginx.includes];

/**
 * Reads a folder with a configuration of nginx. Its main file is the `nginx.conf` that is nearest to the top; what it
 * includes below `/etc/nginx` is looked for in the same folder. Without one, the files count that a main file usually
 * includes, and those in the folder itself.
 *
 * @param source name of the folder
 */
export function readNginx(files: readonly FoundFile[], source: string): HostView {
  return viewOfSource(source, (draft) => {
    const found = files.map(({ path, content }) => ({ path: posix.resolve("/", path), content }));
    const paths = new Set(found.map(({ path }) => path));
    const main = mainAmong([...paths]);
    const onHost = posix.dirname(packagedNginx.main);
    const folder = posix.dirname(main);
    for (const { path, content } of found) {
      draft.write(readFile(path, content, draft));
      // The same file under the name that it will have on the host.
      const name = posix.join(onHost, posix.relative(folder, path));
      if (!name.startsWith(`${onHost}/`) || paths.has(name)) continue;
      draft.produce({
        path: name,
        how: Production.Link,
        target: path,
        place: { file: path, line: null, sourceLine: null },
      });
    }
    if (!found.some(({ path }) => isRead(path, main, folder))) {
      draft.unread(
        { file: source, line: null, sourceLine: null },
        "has no nginx.conf, and nothing that one would include",
      );
    }
    return { main, includes: parts, takesFragments: true };
  });
}

/** The main file that is nearest to the top; where there is none, the one that would be in the folder. */
function mainAmong(paths: readonly string[]): string {
  const depth = (path: string): number => path.split("/").length;
  const [main] = paths
    .filter((path) => posix.basename(path) === "nginx.conf")
    .sort((a, b) => depth(a) - depth(b) || (a < b ? -1 : 1));
  const isPackaged = paths.some((path) => path.startsWith(`${posix.dirname(packagedNginx.main)}/`));
  return main ?? (isPackaged ? packagedNginx.main : "/nginx.conf");
}

/** Whether a file is the main one, or one that counts without it. */
function isRead(path: string, main: string, folder: string): boolean {
  const inside = posix.relative(folder, path);
  return path === main || /^((conf\.d\/)?[^/]+\.conf|sites-enabled\/[^/]+)$/.test(inside);
}

function readFile(path: string, content: string | null, draft: HostDraft): ReadFile {
  const place = { file: path, line: null, sourceLine: null };
  const isTooLong = content !== null && content.length > limits.textLength;
  if (isTooLong) draft.unread(place, `is larger than the ${limits.textLength} characters that are read`);
  return { path, content: isTooLong ? null : content, mode: null, owner: null, place, sourceLine: 1 };
}
