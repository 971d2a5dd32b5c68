import { ProducedPath, Production, ReadFile } from "../host-view";
import { Place } from "../place";
import { unitName } from "./specifiers";

/** Folders of units, the first before the others (systemd.unit(5), "Unit File Search Path"). */
const folders = [
  "/etc/systemd/system",
  "/run/systemd/system",
  "/usr/local/lib/systemd/system",
  "/usr/lib/systemd/system",
  "/lib/systemd/system",
] as const;

/** A file among the units' folders. */
export interface UnitFile {
  readonly file: ReadFile;
  /** Position of its folder: a lower one counts. */
  readonly rank: number;
}

/** A link to a unit, in a folder of units or in a `<unit>.wants` there. */
export interface UnitLink {
  /** The unit whose folder it is in, or null for a folder of units itself. */
  readonly wantedBy: string | null;
  readonly name: string;
  readonly target: string | null;
  readonly place: Place;
}

/** All that lies in the folders of units. */
export interface UnitFolder {
  readonly units: ReadonlyMap<string, UnitFile>;
  /** Drop-ins by the name of their folder without `.d`, then by file name. */
  readonly dropIns: ReadonlyMap<string, ReadonlyMap<string, UnitFile>>;
  readonly links: readonly UnitLink[];
  /** Units whose files get there without that their content is known, e.g. out of a clone. */
  readonly foreign: ReadonlyMap<string, Place>;
}

/** Sorts out the files of a host that have to do with units. */
export function unitFolder(files: readonly ReadFile[], produced: readonly ProducedPath[]): UnitFolder {
  const units = new Map<string, UnitFile>();
  const dropIns = new Map<string, Map<string, UnitFile>>();
  for (const file of files) {
    const found = placeInFolders(file.path);
    if (!found) continue;
    const { rank, rest } = found;
    const [first = "", second, ...deeper] = rest;
    if (second === undefined) {
      if (unitName(first) && rank <= (units.get(first)?.rank ?? rank)) units.set(first, { file, rank });
    } else if (first.endsWith(".d") && second.endsWith(".conf") && deeper.length === 0) {
      const owner = first.slice(0, -2);
      const known = dropIns.get(owner) ?? new Map<string, UnitFile>();
      if (rank <= (known.get(second)?.rank ?? rank)) known.set(second, { file, rank });
      dropIns.set(owner, known);
    }
  }
  return { units, dropIns, links: produced.flatMap(linkOf), foreign: new Map(produced.flatMap(foreignUnit)) };
}

function placeInFolders(path: string): { rank: number; rest: string[] } | undefined {
  const rank = folders.findIndex((folder) => path.startsWith(`${folder}/`));
  const folder = folders[rank];
  return folder === undefined ? undefined : { rank, rest: path.slice(folder.length + 1).split("/") };
}

function linkOf({ path, target, place }: ProducedPath): UnitLink[] {
  const rest = target === null ? undefined : placeInFolders(path)?.rest;
  const [first = "", second] = rest ?? [];
  if (rest === undefined) return [];
  if (second === undefined) return unitName(first) ? [{ wantedBy: null, name: first, target, place }] : [];
  const wantedBy = /^(.+)\.(?:wants|requires)$/.exec(first)?.[1];
  return wantedBy !== undefined && unitName(second) ? [{ wantedBy, name: second, target, place }] : [];
}

function foreignUnit({ path, how, place }: ProducedPath): [string, Place][] {
  const [name = "", ...deeper] = placeInFolders(path)?.rest ?? [];
  return how !== Production.Link && deeper.length === 0 && unitName(name) ? [[name, place]] : [];
}

/** The drop-ins of a unit in the order in which they apply (systemd.unit(5)): by file name, the most specific folder's first. */
export function dropInsOf(name: string, folder: UnitFolder): ReadFile[] {
  const chosen = new Map<string, ReadFile>();
  for (const owner of dropInOwners(name)) {
    for (const [fileName, { file }] of folder.dropIns.get(owner) ?? []) {
      if (!chosen.has(fileName)) chosen.set(fileName, file);
    }
  }
  return [...chosen].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, file]) => file);
}

/** Names whose `.d` folders a unit takes drop-ins from: its own, its template's, those of its dashed prefixes, its type's. */
function dropInOwners(name: string): string[] {
  const parts = unitName(name);
  if (!parts) return [name];
  const { prefix, instance, type } = parts;
  const owners = instance === null ? [name] : [name, `${prefix}@.${type}`];
  for (let at = prefix.lastIndexOf("-", prefix.length - 2); at > 0; at = prefix.lastIndexOf("-", at - 1)) {
    owners.push(`${prefix.slice(0, at + 1)}.${type}`);
  }
  return [...new Set([...owners, type])];
}
