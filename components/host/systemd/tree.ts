import { Expression, text } from "./word";

/** One line of a unit. A key may come several times; the order is kept. */
export interface Setting {
  readonly key: string;
  readonly value: Expression;
  /** Comment above it. */
  readonly comment?: string;
}

/** A section of a unit, e.g. `[Service]`. */
export interface Section {
  readonly name: string;
  readonly settings: readonly Setting[];
}

/** A unit file. Frozen plain data. */
export type Unit = readonly Section[];

export function unit(...sections: Section[]): Unit {
  return Object.freeze(sections);
}

export function section(name: string, settings: readonly Setting[]): Section {
  return Object.freeze({ name, settings: Object.freeze([...settings]) });
}

/** A setting. A plain string or number arrives as it is; `word.ts` makes the values that have words or specifiers. */
export function setting(key: string, value: string | number | boolean | Expression): Setting {
  return Object.freeze({ key, value: typeof value === "object" ? value : text(value) });
}

/** The setting with a comment that says why it is there. */
export function because(comment: string, commented: Setting): Setting {
  return Object.freeze({ ...commented, comment });
}
