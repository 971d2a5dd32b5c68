import { Context } from "./context";
import { Level, Place, Severity, Status } from "./finding";
import { Value } from "./graph/value";

/** What a rule is checked against, one at a time, so that a fault in one hides no other. */
export interface Target {
  /** URN of the resource, or the file that was read. */
  readonly urn: string;
}

/** A finding before the rule's own data is added. */
export interface Draft {
  readonly status: Status;
  /** Tells it from other findings of the rule about the same resource, e.g. `tcp/8080 0.0.0.0/0`. */
  readonly about?: string;
  /** Id of the checklist's item it is about. @default the rule's */
  readonly item?: string;
  /** @default the target */
  readonly resource?: string;
  readonly place?: Place;
  /** Never holds a secret. */
  readonly message: string;
  /** What to do. Left out for what passes. */
  readonly fix?: string;
}

/** One check of the checklist. */
export interface Rule<T extends Target = Target> {
  /** Kebab-case, e.g. `svc-not-root`. */
  readonly id: string;
  /** Id of the checklist's item that it is about, unless a finding says another. */
  readonly item: string;
  /** The rule as a statement that should be true. */
  readonly title: string;
  readonly severity: Severity;
  /** Unless the settings say otherwise. */
  readonly level: Level;
  /** Why it matters, what is looked at, what to do. */
  readonly help: string;
  /** What it applies to. None: the rule is not applicable. */
  targets(context: Context): readonly T[];
  check(target: T, context: Context): readonly Draft[];
  /** The properties of a resource of this (current) type put right, or undefined when nothing is to be changed. */
  remediate?(type: string, properties: Readonly<Record<string, Value>>): Record<string, Value> | undefined;
}
