import { HostPlan } from "../../components/host/plan";
import { limits } from "./limits";
import { Place, ReadProblem, ReadProblemKind } from "./place";
import {
  HostSource,
  OpaqueStep,
  ProducedPath,
  Production,
  ReadCommand,
  ReadFile,
  ReadPackage,
  ReadPart,
  ReadUser,
} from "./host-view";

/** A view of a host while it is being read: later steps see, and change, what earlier ones left. */
export class HostDraft {
  readonly parts: ReadPart[] = [];
  readonly produced: ProducedPath[] = [];
  readonly users: ReadUser[] = [];
  readonly packages: ReadPackage[] = [];
  readonly commands: ReadCommand[] = [];
  readonly opaque: OpaqueStep[] = [];
  readonly problems: ReadProblem[] = [];
  private readonly written = new Map<string, ReadFile>();
  private readonly folders = new Set<string>();
  private readonly producedPaths = new Set<string>();
  private unpacked = 0;
  private writtenLength = 0;
  private scriptLength = 0;
  plan: HostPlan | null = null;

  constructor(readonly source: string) {}

  /** What has been found, as it is now. */
  finish(): HostSource {
    const { source, parts, produced, users, packages, commands, opaque, plan } = this;
    const files = [...this.written.values()];
    return { source, parts, files, produced, users, packages, commands, opaque, plan, sourceProblems: this.problems };
  }

  file(path: string): ReadFile | undefined {
    return this.written.get(path);
  }

  /** Writes a file, over the one that is there. */
  write(given: ReadFile): void {
    this.writtenLength += given.content?.length ?? 0;
    const isTooMuch = this.writtenLength > limits.writtenLength && given.content !== null;
    const file = isTooMuch ? { ...given, content: null } : given;
    if (isTooMuch)
      this.unread(file.place, `more than ${limits.writtenLength} characters are written; the rest is not read`);
    // Deleted first, so that the order is that of the last writing.
    this.written.delete(file.path);
    this.written.set(file.path, file);
    this.noteFolders(file.path);
  }

  produce(path: ProducedPath): void {
    this.produced.push(path);
    this.producedPaths.add(path.path);
    this.noteFolders(path.how === Production.Directory ? `${path.path}/` : path.path);
  }

  /** Adds to the end of a file. What is added to a file that is not among those written is not its whole content. */
  append(file: ReadFile): void {
    const before = this.written.get(file.path);
    const content = typeof before?.content !== "string" || file.content === null ? null : before.content + file.content;
    this.write({
      ...file,
      mode: before?.mode ?? file.mode,
      owner: before?.owner ?? file.owner,
      content,
      sourceLine: null,
    });
  }

  /** Takes away a file, or a folder with all that is in it. */
  remove(path: string): void {
    if (!this.written.has(path) && !this.producedPaths.has(path) && !this.folders.has(path)) return;
    const isGone = (other: string): boolean => other === path || other.startsWith(`${path}/`);
    for (const other of [...this.written.keys()]) if (isGone(other)) this.written.delete(other);
    for (let i = this.produced.length - 1; i >= 0; i--) {
      if (isGone(this.produced[i]?.path ?? "")) this.produced.splice(i, 1);
    }
  }

  /** Whether a path is known to be a folder. */
  isFolder(path: string): boolean {
    return this.folders.has(path);
  }

  private noteFolders(path: string): void {
    for (let end = path.lastIndexOf("/"); end > 0; end = path.lastIndexOf("/", end - 1)) {
      const folder = path.slice(0, end);
      if (this.folders.has(folder)) return;
      this.folders.add(folder);
    }
  }

  broken(place: Place, message: string): void {
    this.note({ kind: ReadProblemKind.Broken, place, message });
  }

  unread(place: Place, message: string): void {
    this.note({ kind: ReadProblemKind.Unread, place, message });
  }

  private note(problem: ReadProblem): void {
    if (this.problems.length < limits.problems) this.problems.push(problem);
    else if (this.problems.length === limits.problems) {
      this.problems.push({ ...problem, message: `has more than ${limits.problems} problems; the others are not told` });
    }
  }

  /** Counts a script that is to be run; false when there have been too many. */
  takesScript(length: number, place: Place): boolean {
    const before = this.scriptLength;
    this.scriptLength += length;
    if (this.scriptLength <= limits.scriptLength) return true;
    if (before <= limits.scriptLength) {
      this.unread(place, `scripts are longer than the ${limits.scriptLength} characters that are read`);
    }
    return false;
  }

  /** Bytes that may still be unpacked. */
  get unpackableBytes(): number {
    return limits.unpackedBytes - this.unpacked;
  }

  countUnpacked(bytes: number): void {
    this.unpacked += bytes;
  }
}
