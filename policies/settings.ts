import { suggestion } from "../components/app/nearest";
import { at, Problem } from "../components/app/problem";
import * as shape from "../components/app/validation/shape";
import { Contract } from "./contract";
import { checklist } from "./checklist/checklist";
import { Level } from "./finding";
import { checkNames, contractFields, contractOf, WrittenContract } from "./read-contract";
import { rules } from "./rules";

/** What is declared about hosts, by whoever checks them. It goes before what components and plans say. */
export interface HostSettings extends Contract {
  /** Name or URN of the host's resource, or the file it is read from; null for every host. */
  readonly host: string | null;
}

/** Somebody's word that an item of the checklist is done that only people can decide about. */
export interface Attestation {
  /** Id of the item. */
  readonly item: string;
  /** Who says so. */
  readonly by: string;
  /** Day on which it was said, `2026-11-21`. */
  readonly on: string;
}

/** How a deployment is to be judged. */
export interface Settings {
  /** What failing does, by rule; the rule's own level where nothing is said. */
  readonly levels: Readonly<Record<string, Level>>;
  readonly hosts: readonly HostSettings[];
  /** Domains whose DNS is kept elsewhere, so that no record is to be expected. */
  readonly elsewhere: readonly string[];
  /** Hosts beside its own that the web server may hand requests to. */
  readonly upstreams: readonly string[];
  readonly attested: readonly Attestation[];
}

/** Nothing is declared, each rule has its own level. */
export const defaultSettings: Settings = { levels: {}, hosts: [], elsewhere: [], upstreams: [], attested: [] };

/** Settings as they are written, in YAML, JSON or the configuration of the policy pack. */
interface WrittenSettings {
  levels?: Record<string, Level>;
  hosts?: WrittenHost[];
  elsewhere?: string[];
  upstreams?: string[];
  attested?: Attestation[];
}

interface WrittenHost extends WrittenContract {
  host?: string;
}

const settingsShape = shape.object<WrittenSettings>(
  {
    levels: shape.object(Object.fromEntries(rules.map(({ id }) => [id, shape.choice(Level)])), []),
    hosts: shape.list(shape.object<WrittenHost>({ host: shape.text, ...contractFields }, [])),
    elsewhere: shape.list(shape.text),
    upstreams: shape.list(shape.text),
    attested: shape.list(
      shape.object<Attestation>({ item: shape.text, by: shape.text, on: shape.text }, ["item", "by", "on"]),
    ),
  },
  [],
);

/** Settings from plain data, and all that is wrong with them. What is wrong is left out of the settings. */
export function readSettings(data: unknown): { settings: Settings; problems: Problem[] } {
  const problems: Problem[] = [];
  const written = (shape.read(settingsShape, data ?? {}, "", problems) ?? {}) as WrittenSettings;
  const hosts = (written.hosts ?? []).map((host, index) => ({
    host: host.host ?? null,
    ...contractOf(host, at("hosts", index), problems),
  }));
  checkLevels(written.levels ?? {}, problems);
  checkNames(written.elsewhere ?? [], "elsewhere", problems);
  const attested = (written.attested ?? []).filter((one, index) =>
    checkAttestation(one, at("attested", index), problems),
  );
  return {
    settings: {
      levels: written.levels ?? {},
      hosts,
      elsewhere: written.elsewhere ?? [],
      upstreams: written.upstreams ?? [],
      attested,
    },
    problems,
  };
}

function checkLevels(levels: Readonly<Record<string, Level>>, problems: Problem[]): void {
  for (const rule of rules)
    if (levels[rule.id] === Level.Remediate && !rule.remediate)
      problems.push({
        path: at("levels", rule.id),
        value: Level.Remediate,
        reason: "is not possible: what the rule finds cannot be put right by itself",
        fix: "use mandatory, advisory or disabled",
      });
}

/** Whether an attestation is complete; what is missing is reported. */
function checkAttestation({ item, by, on }: Partial<Attestation>, path: string, problems: Problem[]): boolean {
  const before = problems.length;
  const attestable = checklist.filter(({ attested }) => attested).map(({ id }) => id);
  if (item !== undefined && !attestable.includes(item)) {
    const isChecked = checklist.some(({ id }) => id === item);
    problems.push({
      path: at(path, "item"),
      value: item,
      reason: isChecked ? "is decided by rules and probes, not by a word" : "is no item of the checklist",
      fix: isChecked ? "waive its findings instead" : suggestion(item, attestable),
    });
  }
  if (by?.trim() === "") problems.push({ path: at(path, "by"), reason: "is empty", fix: "say who answers for it" });
  if (on !== undefined && !isDay(on))
    problems.push({ path: at(path, "on"), value: on, reason: "is not a day", fix: 'write it like "2026-11-21"' });
  return problems.length === before && item !== undefined && by !== undefined && on !== undefined;
}

function isDay(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`);
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}
