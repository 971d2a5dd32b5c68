import type { Failure } from "./check";
import type { Difference } from "./property/difference";
import type { PropertyMap } from "./property/value";
import type { FunctionTable, ResourceTable } from "./table";

/** How important a line in the engine's log is. */
export type Severity = "debug" | "info" | "warning" | "error";

/** What a piece of work gets besides its values. */
export interface Work {
  /** The name that the program gave the resource; of a function, its token. */
  readonly name: string;
  /** Stops the work: the time that the resource allows is over, or the user has interrupted the engine. */
  readonly signal: AbortSignal;
  /** Shows a line beside the resource as it happens; secrets in it are hidden. */
  readonly progress: (line: string) => void;
  /** Writes a line that stays in the engine's log; secrets in it are hidden. */
  readonly log: (severity: Severity, line: string) => void;
}

/** A resource just made. */
export interface Created {
  readonly id: string;
  readonly outputs: PropertyMap;
}

/** What is known about a resource when the engine asks what to do with it. */
export interface Existing {
  readonly id: string;
  readonly state: PropertyMap;
}

/** What is known when inputs are checked, besides the inputs. */
export interface Checking {
  /** The name that the program gave the resource. */
  readonly name: string;
  /** The inputs that the resource had before; undefined for one that is to be made. */
  readonly before: PropertyMap | undefined;
  /** Random bytes for a generated name. */
  readonly seed: Uint8Array;
}

/** What a difference in an input does to a resource. */
export const Effect = { None: "none", Update: "update", Replace: "replace" } as const;
export type Effect = (typeof Effect)[keyof typeof Effect];

/**
 * A kind of resource. Its methods get plain values: the server checks inputs against the table and fills in defaults
 * before, and marks secrets in what they return after. At preview none of the methods that change something is called.
 */
export interface Resource {
  readonly table: ResourceTable;
  /** Adds inputs that the program did not give and that are no constants, e.g. a generated name. @default none */
  complete?(inputs: PropertyMap, checking: Checking): PropertyMap;
  /** What is wrong with inputs that fit the table. Values that are not known yet may be among them. */
  check?(inputs: PropertyMap): Failure[];
  /** Outputs for which the resource has to be made anew although no input asks for it, e.g. an expired certificate. */
  outdated?(existing: Existing, inputs: PropertyMap): string[];
  /** What a difference does. @default replaces the resource where the table says so, else updates it */
  effect?(difference: Difference, before: PropertyMap, after: PropertyMap): Effect;
  /** Whether the old one has to be deleted before a replacement is made. @default never */
  deletesFirst?(after: PropertyMap): boolean;
  /** Outputs about which a preview knows other than the table says; `state` is there for an update. @default none */
  planned?(inputs: PropertyMap, state?: PropertyMap): PropertyMap;
  create(inputs: PropertyMap, work: Work): Promise<Created>;
  /** Applies inputs that changed, and returns the new outputs. @default outputs stay as they are */
  update?(existing: Existing, inputs: PropertyMap, work: Work): Promise<PropertyMap>;
  /** Finds out how the resource is now, for refresh. @default as the state says */
  read?(existing: Existing): PropertyMap;
  /** @default nothing to do */
  delete?(existing: Existing, work: Work): Promise<void>;
}

/** A function that programs call. */
export interface Function {
  readonly table: FunctionTable;
  check?(args: PropertyMap): Failure[];
  call(args: PropertyMap, work: Work): Promise<PropertyMap>;
}

/** A resource provider: what the engine sees of it. */
export interface Provider {
  /** The package's name, e.g. `command`. */
  readonly name: string;
  /** The version of the package that it stands in for. */
  readonly version: string;
  /** Type tokens, for the schema. */
  readonly resources: Readonly<Record<string, Resource>>;
  /** Function tokens, for the schema. */
  readonly functions: Readonly<Record<string, Function>>;
  /** Finds a kind of resource that is not listed, e.g. one made up from its token. @default none */
  otherResource?(token: string): Resource | undefined;
  /** Finds a function that is not listed. @default none */
  otherFunction?(token: string): Function | undefined;
  /** Takes the provider's own configuration; lines it logs stay in the engine's log. @default it is passed over */
  configure?(config: PropertyMap, log: Work["log"]): void;
}
