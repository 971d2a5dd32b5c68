import { posix } from "node:path";
import { NginxSyntaxError, parse, ParsedDirective } from "../../../components/host/nginx/parse";
import { ReadFile } from "../host-view";
import { limits } from "../limits";
import { followLinks } from "../links";
import { Place, placeIn, ReadProblem, ReadProblemKind } from "../place";
import { globMatcher } from "./glob";
import { PlacedDirective } from "./nginx-view";

/** Files that Debian's packages of nginx bring, so that nothing is missing when they are not among the files. */
const packaged =
  /^\/(etc\/nginx\/(mime\.types|fastcgi_params|fastcgi\.conf|proxy_params|scgi_params|uwsgi_params|snippets\/(fastcgi-php|snakeoil)\.conf)|usr\/share\/nginx\/|etc\/letsencrypt\/options-ssl-nginx\.conf)/;

/** The files that a configuration of nginx is looked for in. */
export interface NginxFiles {
  readonly files: ReadonlyMap<string, ReadFile>;
  readonly links: ReadonlyMap<string, string>;
}

/** How deep a directive stands. */
interface Depth {
  readonly includes: number;
  readonly blocks: number;
}

/** Reads files of nginx into one tree, each `include` replaced by what it includes. */
export class IncludeReader {
  readonly problems: ReadProblem[] = [];
  private readonly parsed = new Map<string, readonly ParsedDirective[]>();
  private readonly matched = new Map<string, readonly string[]>();
  private readonly paths: readonly string[];
  private directives = 0;
  private isTooDeep = false;

  /** @param folder the folder that relative names are looked up from: that of the main file */
  constructor(
    private readonly sources: NginxFiles,
    private readonly folder: string,
  ) {
    this.paths = [...sources.files.keys(), ...sources.links.keys()];
  }

  /** The directives of a file. */
  read(path: string, depth: Depth = { includes: 0, blocks: 0 }): PlacedDirective[] {
    const file = this.fileAt(path);
    return file ? this.place(this.parse(file), file, depth) : [];
  }

  /** Directives that stand in no file, e.g. those assumed of a distribution's main file. */
  place(
    directives: readonly ParsedDirective[],
    file: ReadFile,
    depth: Depth = { includes: 0, blocks: 0 },
  ): PlacedDirective[] {
    const placed: PlacedDirective[] = [];
    if (depth.blocks > limits.blockDepth) {
      const [first] = directives;
      if (first && !this.isTooDeep) {
        this.unread(placeIn(file, first.line), `stands in more than ${limits.blockDepth} blocks; it is not read`);
      }
      this.isTooDeep = true;
      return placed;
    }
    for (const directive of directives) {
      if (++this.directives > limits.directives) {
        if (this.directives === limits.directives + 1) {
          this.unread(
            placeIn(file, directive.line),
            `there are more than the ${limits.directives} directives that are read`,
          );
        }
        break;
      }
      const { name, args, block } = directive;
      const place = placeIn(file, directive.line);
      if (block) {
        const inner = { includes: depth.includes, blocks: depth.blocks + 1 };
        placed.push({ name, args, place, block: this.place(block, file, inner) });
      } else if (name === "include" && args.length === 1) {
        for (const one of this.include(args[0] ?? "", { name, args, place }, depth)) placed.push(one);
      } else {
        placed.push({ name, args, place });
      }
    }
    return placed;
  }

  /** What an `include` stands for. One that cannot be followed stays in the tree. */
  private include(name: string, directive: PlacedDirective, depth: Depth): PlacedDirective[] {
    const pattern = posix.resolve("/", this.folder, name);
    if (depth.includes >= limits.includeDepth) {
      this.broken(directive.place, "includes files that include one another without end");
      return [directive];
    }
    const isGlob = /[*?[]/.test(pattern);
    const found: readonly string[] = isGlob ? this.matches(pattern) : this.fileAt(pattern) ? [pattern] : [];
    if (found.length > 0) {
      return found.flatMap((path) => this.read(path, { ...depth, includes: depth.includes + 1 }));
    }
    // A pattern may match nothing; a name has to be there.
    if (!isGlob && !packaged.test(pattern))
      this.unread(directive.place, `includes ${pattern}, which is not among the files`);
    return [directive];
  }

  /** The files that a pattern matches, sorted. */
  private matches(pattern: string): readonly string[] {
    const known = this.matched.get(pattern);
    if (known) return known;
    const segments = pattern.split("/").map(globMatcher);
    const plain = pattern.slice(0, pattern.search(/[*?[\\]/));
    const found = this.paths.flatMap((path) => {
      const target = this.sources.links.get(path);
      const isAbove = target !== undefined && plain.startsWith(`${path}/`);
      if (!path.startsWith(plain) && !isAbove) return [];
      return this.under(path, target, segments);
    });
    const sorted = [...new Set(found)].sort();
    this.matched.set(pattern, sorted);
    return sorted;
  }

  /** A path, or (of a link to a folder) the files below it under the link's name, when they match. */
  private under(path: string, target: string | undefined, segments: readonly Matcher[]): string[] {
    const depth = path.split("/").length;
    if (depth > segments.length || !fits(path, segments)) return [];
    if (depth === segments.length) return this.fileAt(path) ? [path] : [];
    if (target === undefined) return [];
    const real = `${followLinks(target, this.sources.links)}/`;
    return this.paths
      .filter((other) => other.startsWith(real))
      .map((other) => `${path}/${other.slice(real.length)}`)
      .filter((candidate) => candidate.split("/").length === segments.length && fits(candidate, segments));
  }

  private fileAt(path: string): ReadFile | undefined {
    return this.sources.files.get(path) ?? this.sources.files.get(followLinks(path, this.sources.links));
  }

  private parse(file: ReadFile): readonly ParsedDirective[] {
    const known = this.parsed.get(file.path);
    if (known) return known;
    const parsed = this.parseText(file);
    this.parsed.set(file.path, parsed);
    return parsed;
  }

  private parseText(file: ReadFile): readonly ParsedDirective[] {
    if (file.content === null) {
      this.unread(file.place, `the content of ${file.path} is known only on the host`);
      return [];
    }
    try {
      return parse(file.content);
    } catch (error) {
      if (error instanceof NginxSyntaxError) {
        this.broken(
          placeIn(file, error.line),
          `is not what nginx can read: ${error.message.replace(/^line \d+: /, "")}`,
        );
      } else if (error instanceof RangeError) {
        // The parser calls itself for each block in a block.
        this.unread(placeIn(file, 1), "has blocks that are nested too deeply to be read");
      } else {
        throw error;
      }
      return [];
    }
  }

  private broken(place: Place, message: string): void {
    this.note({ kind: ReadProblemKind.Broken, place, message });
  }

  private unread(place: Place, message: string): void {
    this.note({ kind: ReadProblemKind.Unread, place, message });
  }

  private note(problem: ReadProblem): void {
    if (this.problems.length < limits.problems) this.problems.push(problem);
  }
}

type Matcher = (segment: string) => boolean;

/** Whether each segment of a path matches the pattern's. */
function fits(path: string, segments: readonly Matcher[]): boolean {
  return path.split("/").every((part, i) => segments[i]?.(part) === true);
}
