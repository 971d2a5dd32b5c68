import { Secret, UNKNOWN, Unknown, Value } from "./value";

/** Properties as a rule finds them: what is there, undefined where there is nothing, UNKNOWN where nobody can tell yet. */
type Read<T> = T | undefined | Unknown;

/** The value below its cover, if it has one. What is read this way must never reach a message. */
export function uncovered(value: Value | undefined): Value | undefined {
  return value instanceof Secret ? uncovered(value.reveal()) : value;
}

export function text(value: Value | undefined): Read<string> {
  const bare = uncovered(value);
  return bare === UNKNOWN || typeof bare === "string" ? bare : undefined;
}

/** A text for a message: a secret as its cover, what is not there or not known as undefined. */
export function shownText(value: Value | undefined): string | undefined {
  if (value instanceof Secret) return String(value);
  return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
}

export function truth(value: Value | undefined): Read<boolean> {
  const bare = uncovered(value);
  if (bare === "true" || bare === "false") return bare === "true";
  return bare === UNKNOWN || typeof bare === "boolean" ? bare : undefined;
}

export function wholeNumber(value: Value | undefined): Read<number> {
  const bare = uncovered(value);
  if (bare === UNKNOWN) return UNKNOWN;
  if (typeof bare === "string" && /^-?\d+$/.test(bare)) return Number(bare);
  return typeof bare === "number" && Number.isInteger(bare) ? bare : undefined;
}

/** The elements of a list; none where there is no list. */
export function list(value: Value | undefined): readonly Value[] | Unknown {
  const bare = uncovered(value);
  if (bare === UNKNOWN) return UNKNOWN;
  return Array.isArray(bare) ? bare : [];
}

/** A property of an object; UNKNOWN when the object is. */
export function entry(value: Value | undefined, key: string): Value | undefined {
  const bare = uncovered(value);
  if (bare === UNKNOWN) return UNKNOWN;
  if (typeof bare !== "object" || bare === null || Array.isArray(bare)) return undefined;
  return Object.hasOwn(bare, key) ? (bare as Readonly<Record<string, Value>>)[key] : undefined;
}
