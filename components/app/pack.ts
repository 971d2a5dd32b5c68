import { createHash } from "node:crypto";
import { existsSync, lstatSync, readdirSync, readFileSync, readlinkSync, Stats, statSync } from "node:fs";
import { posix, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { Header, Pax } from "tar";
import { segmentPattern } from "./glob";
import { describeProblems, Problem } from "./problem";

/** The names that are left out of a directory unless an app says otherwise: what tools leave behind, and histories. */
export const defaultExclude: readonly string[] = [
  ".DS_Store",
  ".git",
  ".hg",
  ".mypy_cache",
  ".pytest_cache",
  ".ruff_cache",
  ".svn",
  ".tox",
  ".venv",
  "*.pyc",
  "*.swp",
  "__pycache__",
  "node_modules",
  "venv",
];

/** An app's code as it goes into the store. */
export interface PackedCode {
  /** SHA-256 of the uncompressed archive. */
  digest: string;
  /** The tar archive, compressed by gzip. */
  archive: Buffer;
  /** How many files and links it holds. */
  files: number;
  /** Sum of the files' sizes. */
  bytes: number;
  /** Text of the requirements file, when one was asked for. */
  requirements?: string;
}

/** How a directory is packed. */
export interface PackOptions {
  /** Names that are left out, as glob patterns of one path segment. @default defaultExclude */
  exclude?: readonly string[];
  /** File of the directory whose text is wanted too. @default none */
  requirements?: string;
}

/** A directory cannot be packed. `path` of each problem is below the directory. */
export class PackError extends Error {
  constructor(
    directory: string,
    readonly problems: readonly Problem[],
  ) {
    super(describeProblems(`directory "${directory}"`, problems));
    this.name = "PackError";
  }
}

/**
 * Packs a directory so that equal contents give equal archives, on every machine: names in byte order, no owners, modes
 * 0755 for folders and programs and 0644 for the rest, times that follow from the contents.
 *
 * @throws PackError with everything in the directory that cannot be packed
 */
export function packDirectory(directory: string, options: PackOptions = {}): PackedCode {
  const { exclude = defaultExclude, requirements } = options;
  const problems: Problem[] = [];
  const entries = isFolder(directory) ? entriesOf(directory, exclude, problems) : [];
  if (entries.length === 0 && problems.length === 0) {
    problems.push({
      path: ".",
      value: directory,
      reason: isFolder(directory) ? "holds nothing, or everything is left out" : "is not a directory that exists",
      fix: `it was looked up as ${resolve(directory)}`,
    });
  }
  const text =
    requirements === undefined || problems.length > 0 ? undefined : requirementsText(entries, requirements, problems);
  if (problems.length > 0) throw new PackError(directory, problems);

  const tar = Buffer.concat([...entries.map(record), endOfArchive]);
  const files = entries.filter((entry) => entry.type !== "Directory");
  return {
    digest: createHash("sha256").update(tar).digest("hex"),
    archive: gzipSync(tar, { level: 9 }),
    files: files.length,
    bytes: files.reduce((sum, entry) => sum + entry.content.length, 0),
    ...(text === undefined ? {} : { requirements: text }),
  };
}

/** One file, folder or link of the archive. */
interface Entry {
  /** Path from the directory, with slashes. */
  path: string;
  type: "File" | "Directory" | "SymbolicLink";
  mode: number;
  content: Buffer;
  linkpath?: string;
}

const nothing = Buffer.alloc(0);
const endOfArchive = Buffer.alloc(1024);

/** Everything below a directory, folders before what they hold. Links are not followed. */
function entriesOf(directory: string, exclude: readonly string[], problems: Problem[]): Entry[] {
  const excluded = exclude.map(segmentPattern);
  const walk = (folder: string): Entry[] =>
    readdirSync(posix.join(directory, folder))
      .filter((name) => !excluded.some((pattern) => pattern?.test(name)))
      .sort(byBytes)
      .flatMap((name) => {
        const path = posix.join(folder, name);
        const entry = entryOf(directory, path, problems);
        return entry === undefined ? [] : entry.type === "Directory" ? [entry, ...walk(path)] : [entry];
      });
  return walk("");
}

function entryOf(directory: string, path: string, problems: Problem[]): Entry | undefined {
  const full = posix.join(directory, path);
  const stat = lstatSync(full);
  if (stat.isSymbolicLink()) return linkOf(path, readlinkSync(full), problems);
  if (stat.isDirectory()) return { path, type: "Directory", mode: 0o755, content: nothing };
  if (stat.isFile()) return { path, type: "File", mode: fileMode(stat), content: readFileSync(full) };
  problems.push({ path, reason: "is neither a file, a folder nor a link", fix: "remove it, or exclude its name" });
  return undefined;
}

function linkOf(path: string, target: string, problems: Problem[]): Entry | undefined {
  const leadsTo = posix.normalize(posix.join(posix.dirname(path), target));
  if (!target.startsWith("/") && leadsTo !== ".." && !leadsTo.startsWith("../"))
    return { path, type: "SymbolicLink", mode: 0o777, content: nothing, linkpath: target };
  problems.push({
    path,
    value: target,
    reason: "is where this link leads, out of the directory",
    fix: "copy the file in, or exclude the link's name",
  });
  return undefined;
}

const fileMode = (stat: Stats): number => ((stat.mode & 0o111) === 0 ? 0o644 : 0o755);

/** The entry's header and content, in the blocks of 512 bytes that tar is made of. */
function record(entry: Entry): Buffer {
  const fields = {
    path: entry.type === "Directory" ? `${entry.path}/` : entry.path,
    type: entry.type,
    mode: entry.mode,
    size: entry.content.length,
    linkpath: entry.linkpath ?? "",
    mtime: timeOf(entry.content),
  };
  const header = new Header(fields);
  // `encode` tells whether a field does not fit, so that it has to go into an extended header of its own.
  const extended = header.encode() ? new Pax({ path: fields.path, linkpath: entry.linkpath }).encode() : nothing;
  const padding = Buffer.alloc((512 - (entry.content.length % 512)) % 512);
  return Buffer.concat([extended, header.block!, entry.content, padding]);
}

/**
 * A time that differs when the content differs: web servers and apps tell by time and size whether a file has changed
 * (nginx's ETag is made of the two), so with one time for all an edit that keeps the size would never be seen. It lies
 * between 2000 and 2017, since a time in the future is taken for a fault by many programs.
 */
function timeOf(content: Buffer): Date {
  const seconds = createHash("sha256").update(content).digest().readUInt32BE() >>> 3; // 29 bits: 17 years
  return new Date(Date.UTC(2000, 0, 1) + seconds * 1000);
}

function requirementsText(entries: readonly Entry[], path: string, problems: Problem[]): string | undefined {
  const file = entries.find((entry) => entry.path === path && entry.type === "File");
  if (!file) problems.push({ path, reason: "does not exist, or is left out", fix: "name a file of the source" });
  return file?.content.toString("utf8");
}

function isFolder(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory();
}

/** Byte order of UTF-8, whatever the machine's language. */
const byBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));
