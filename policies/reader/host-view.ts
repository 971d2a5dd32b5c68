import { HostPlan } from "../../components/host/plan";
import { Contract } from "../contract";
import { NginxView } from "./nginx/nginx-view";
import { Place, ReadProblem } from "./place";
import { UnitView } from "./systemd/unit-view";

/** What a source says about a host, before it is put together to units and to nginx's configuration. */
export interface HostSource {
  /** What was read, as given by the caller, e.g. `user data of web`. */
  readonly source: string;
  /** The texts that the source is made of, decoded: what to look through for secrets, beside `files`. */
  readonly parts: readonly ReadPart[];
  readonly files: readonly ReadFile[];
  /** Files and folders that get there in other ways. */
  readonly produced: readonly ProducedPath[];
  readonly users: readonly ReadUser[];
  readonly packages: readonly ReadPackage[];
  readonly commands: readonly ReadCommand[];
  /**
   * Steps whose effect cannot be read: a script from elsewhere, a configuration manager, a remote include. Where there are
   * any, what is not found may still be there.
   */
  readonly opaque: readonly OpaqueStep[];
  /** The plan, when the source is one of Landfall's. */
  readonly plan: HostPlan | null;
  /** What is wrong with the source itself, or keeps it from being read. */
  readonly sourceProblems: readonly ReadProblem[];
}

/** What a host will be, as far as it can be read before there is one. */
export interface HostView extends HostSource {
  readonly units: readonly UnitView[];
  /** Null when there is no configuration of nginx. */
  readonly nginx: NginxView | null;
  /** What the plan declares about its host, or null when the source is no plan. */
  readonly contract: Contract | null;
  /** Whether Landfall's bootstrap is in the user data: then the rest of the host is in a plan. */
  readonly bootstrapped: boolean;
  /** Those of the source, of units and of nginx's configuration. */
  readonly problems: readonly ReadProblem[];
}

/** The kinds of text that user data is made of. */
export const PartType = {
  CloudConfig: "cloud-config",
  ShellScript: "shell-script",
  Boothook: "boothook",
  PowerShell: "powershell",
  Batch: "batch",
  /** A list of addresses to fetch more from. */
  Include: "include",
  HostPlan: "host-plan",
  Other: "other",
} as const;
export type PartType = (typeof PartType)[keyof typeof PartType];

/** A text of the source, decoded. */
export interface ReadPart {
  readonly name: string;
  readonly type: PartType;
  readonly content: string;
  /** Line of the source that its first line is, or null. */
  readonly sourceLine: number | null;
}

/** A file whose content the source gives. */
export interface ReadFile {
  readonly path: string;
  /** Null when it is there, but its content is not known before (or is no text). */
  readonly content: string | null;
  /** Octal, e.g. `0644`; null when not said. */
  readonly mode: string | null;
  /** `user` or `user:group`; null when not said. */
  readonly owner: string | null;
  /** Where it is asked for. */
  readonly place: Place;
  /** Line of the source that its first line is, or null. */
  readonly sourceLine: number | null;
}

/** How a path comes to be on the host. */
export const Production = {
  Copy: "copy",
  Clone: "clone",
  Download: "download",
  Unpack: "unpack",
  Link: "link",
  /** A folder, empty at first. */
  Directory: "directory",
  /** Made by a tool that builds or installs, e.g. a Python environment. */
  Build: "build",
  /** A release of an app, laid down by the apply program of a host plan. */
  Release: "release",
} as const;
export type Production = (typeof Production)[keyof typeof Production];

/** A path that a command, or the apply program, puts on the host. */
export interface ProducedPath {
  /** Absolute. */
  readonly path: string;
  readonly how: Production;
  /** Where a link leads; null otherwise. */
  readonly target: string | null;
  readonly place: Place;
}

export interface ReadUser {
  readonly name: string;
  readonly place: Place;
}

/** Who installs a package. */
export const PackageManager = { System: "system", Python: "python", Node: "node" } as const;
export type PackageManager = (typeof PackageManager)[keyof typeof PackageManager];

export interface ReadPackage {
  readonly name: string;
  readonly manager: PackageManager;
  readonly place: Place;
}

/** A step whose effect on the host cannot be read. */
export interface OpaqueStep {
  /** What it is, e.g. `a script that is not among the files`. */
  readonly what: string;
  readonly place: Place;
}

/** A program that is run, with its arguments. */
export interface ReadCommand {
  /** Program first. A word that depends on what is not known here (a variable, an output) is null. */
  readonly words: readonly (string | null)[];
  readonly place: Place;
}
