import { HostPlan } from "../../../components/host/plan";
import { OpaqueStep, ProducedPath, ReadCommand, ReadFile } from "../host-view";
import { limits } from "../limits";
import { followLinks, linksOf } from "../links";
import { placeIn, ReadProblem } from "../place";
import { ParsedUnit, parseUnit } from "./parse";
import { templateOf, unitName } from "./specifiers";
import { reboots, unitSteps, UnitStep, UnitVerb } from "./unit-commands";
import { dropInsOf, UnitFolder, unitFolder, UnitLink } from "./unit-files";
import { Answer, UnitView } from "./unit-view";
import { activatorsOf } from "./activation";

/** What decides about the units of a host. */
export interface UnitSources {
  readonly files: readonly ReadFile[];
  readonly produced: readonly ProducedPath[];
  readonly commands: readonly ReadCommand[];
  readonly opaque: readonly OpaqueStep[];
  readonly plan: HostPlan | null;
}

/** The units of a host, sorted by name, and what is wrong with their texts. */
export function readUnits(sources: UnitSources): { units: UnitView[]; problems: ReadProblem[] } {
  return new UnitReader(sources).read();
}

class UnitReader {
  private readonly folder: UnitFolder;
  private readonly links: ReadonlyMap<string, string>;
  private readonly files: ReadonlyMap<string, ReadFile>;
  private readonly steps: readonly UnitStep[];
  private readonly stepsByName = new Map<string | null, UnitStep[]>();
  private readonly linksByName = new Map<string, UnitLink[]>();
  private readonly planned: ReadonlySet<string>;
  private readonly restarts: boolean;
  private readonly problems: ReadProblem[] = [];
  private readonly parsed = new Map<ReadFile, ParsedUnit>();

  constructor(private readonly sources: UnitSources) {
    this.folder = unitFolder(sources.files, sources.produced);
    this.links = linksOf(sources.produced);
    this.files = new Map(sources.files.map((file) => [file.path, file]));
    this.steps = sources.commands.flatMap(unitSteps);
    for (const step of this.steps) push(this.stepsByName, step.name, step);
    for (const link of this.folder.links) push(this.linksByName, link.name, link);
    this.planned = new Set((sources.plan?.units ?? []).map(({ name }) => name));
    this.restarts = sources.commands.some(reboots);
  }

  read(): { units: UnitView[]; problems: ReadProblem[] } {
    const units = this.names().map((name) => this.unit(name));
    const activators = activatorsOf(units);
    return {
      units: units.map((unit) => ({ ...unit, activators: activators.get(unit.name) ?? [] })),
      problems: this.problems,
    };
  }

  private names(): string[] {
    const named = new Set([
      ...this.folder.units.keys(),
      ...this.folder.foreign.keys(),
      ...[...this.folder.dropIns.keys()].filter((owner) => unitName(owner) && !owner.includes("-.")),
      ...this.folder.links.map(({ name }) => name),
      ...this.steps.flatMap(({ name }) => (name !== null && unitName(name) ? [name] : [])),
      ...this.planned,
    ]);
    const instantiated = new Set([...named].map(templateOf));
    return [...named].filter((name) => !instantiated.has(name)).sort();
  }

  private unit(name: string): UnitView {
    const own = this.ownFile(name);
    const dropIns = dropInsOf(name, this.folder);
    const texts = [...(own ? [own] : []), ...dropIns];
    const steps = this.stepsByName.get(name) ?? [];
    const links = this.linksByName.get(name) ?? [];
    const masked = this.isMasked(steps, links, own);
    const first = texts[0];
    return {
      name,
      hasOwnFile: own !== undefined || this.isForeign(name),
      complete: own !== undefined && texts.every(({ content }) => content !== null),
      settings: texts.flatMap((file) => this.parse(file).settings),
      enabled: masked ? Answer.No : this.isEnabled(name, steps, links),
      started: masked ? Answer.No : this.isStarted(name, steps, links),
      masked,
      activators: [],
      place: first
        ? placeIn(first, 1)
        : (this.folder.foreign.get(name) ??
          links[0]?.place ??
          steps[0]?.place ?? { file: name, line: null, sourceLine: null }),
    };
  }

  /** The unit's own file: its own, that of its template, or the one that a link or a command names. */
  private ownFile(name: string): ReadFile | undefined {
    const template = templateOf(name);
    for (const candidate of [name, ...(template === null ? [] : [template])]) {
      const file = this.folder.units.get(candidate)?.file ?? this.linkedFile(candidate);
      if (file) return file;
    }
    return undefined;
  }

  private linkedFile(name: string): ReadFile | undefined {
    const targets = [
      ...(this.linksByName.get(name) ?? []).map(({ target }) => target),
      ...(this.stepsByName.get(name) ?? []).map(({ path }) => path),
    ];
    for (const target of targets) {
      const file = target === null ? undefined : this.files.get(followLinks(target, this.links));
      if (file) return file;
    }
    return undefined;
  }

  /** Whether its file gets there, though its content is not known. */
  private isForeign(name: string): boolean {
    const template = templateOf(name);
    return (
      this.folder.foreign.has(name) ||
      (template !== null && this.folder.foreign.has(template)) ||
      (this.linksByName.get(name) ?? []).some(({ wantedBy, target }) => wantedBy === null && target !== "/dev/null") ||
      (this.stepsByName.get(name) ?? []).some(({ path }) => path !== null)
    );
  }

  private parse(file: ReadFile): ParsedUnit {
    const known = this.parsed.get(file);
    if (known) return known;
    const parsed = parseUnit(file.content ?? "", (line) => placeIn(file, line));
    this.parsed.set(file, parsed);
    for (const problem of parsed.problems.slice(0, limits.problems - this.problems.length)) this.problems.push(problem);
    return parsed;
  }

  private isMasked(steps: readonly UnitStep[], links: readonly UnitLink[], own: ReadFile | undefined): boolean {
    const last = steps.filter(({ verb }) => verb === UnitVerb.Mask || verb === UnitVerb.Unmask).at(-1);
    if (last) return last.verb === UnitVerb.Mask;
    return links.some(({ wantedBy, target }) => wantedBy === null && target === "/dev/null") || own?.content === "";
  }

  private isEnabled(name: string, steps: readonly UnitStep[], links: readonly UnitLink[]): Answer {
    if (this.planned.has(name)) return Answer.Yes;
    const last = steps.filter(({ verb }) => verb === UnitVerb.Enable || verb === UnitVerb.Disable).at(-1);
    if (last) return last.verb === UnitVerb.Enable ? Answer.Yes : Answer.No;
    if (links.some(({ wantedBy }) => wantedBy !== null)) return Answer.Yes;
    return this.isUncertain(name, UnitVerb.Enable) ? Answer.Unknown : Answer.No;
  }

  private isStarted(name: string, steps: readonly UnitStep[], links: readonly UnitLink[]): Answer {
    if (this.planned.has(name)) return Answer.Yes;
    const last = steps.filter(({ verb }) => verb === UnitVerb.Start || verb === UnitVerb.Stop).at(-1);
    if (last) return last.verb === UnitVerb.Start ? Answer.Yes : Answer.No;
    if (this.restarts) return this.isEnabled(name, steps, links);
    return this.isUncertain(name, UnitVerb.Start) ? Answer.Unknown : Answer.No;
  }

  /** Whether something that cannot be read may have done it: a package of its own, a script, a name only the host knows. */
  private isUncertain(name: string, verb: UnitVerb): boolean {
    return (
      this.ownFile(name) === undefined ||
      this.sources.opaque.length > 0 ||
      (this.stepsByName.get(null) ?? []).some((step) => step.verb === verb)
    );
  }
}

function push<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const values = map.get(key);
  if (values) values.push(value);
  else map.set(key, [value]);
}
