import { at, Problem } from "../problem";
import { suggestion } from "../nearest";

/** What a property of a description may hold. */
export type Shape =
  | { readonly kind: "text" | "number" | "boolean" | "texts" }
  | { readonly kind: "choice"; readonly of: readonly string[] }
  | { readonly kind: "list"; readonly of: Shape }
  | ObjectShape;

/** An object: its properties, and which of them have to be there. */
export interface ObjectShape {
  readonly kind: "object";
  readonly fields: Readonly<Record<string, Shape>>;
  readonly required: readonly string[];
}

/** Any text. */
export const text: Shape = { kind: "text" };
/** A finite number. */
export const number: Shape = { kind: "number" };
export const boolean: Shape = { kind: "boolean" };
/** Texts under names of the user's choice. */
export const texts: Shape = { kind: "texts" };
export const choice = (values: Readonly<Record<string, string>>): Shape => ({
  kind: "choice",
  of: Object.values(values),
});
export const list = (of: Shape): Shape => ({ kind: "list", of });

/** The shape of `T`: the compiler sees to it that none of its properties is forgotten. */
export const object = <T>(fields: { readonly [K in keyof Required<T>]: Shape }, required: readonly (keyof T)[]) =>
  ({ kind: "object", fields, required }) as ObjectShape;

/**
 * Reads plain data that may come from another language or from YAML. What does not fit is reported and left out of the
 * result, so that all other checks can still run; a list of which one element does not fit is left out as a whole.
 */
export function read(shape: Shape, value: unknown, path: string, problems: Problem[]): unknown {
  if (isOutput(value)) {
    problems.push({
      path,
      reason: "is an Output, only known while resources are made",
      fix: "give plain data; hand values that are known later to the app as a secret or a parameter",
    });
    return undefined;
  }
  switch (shape.kind) {
    case "text":
      return typeof value === "string" ? value : refuse("a text", value, path, problems);
    case "number":
      return typeof value === "number" && Number.isFinite(value) ? value : refuse("a number", value, path, problems);
    case "boolean":
      return typeof value === "boolean" ? value : refuse("true or false", value, path, problems);
    case "choice":
      return readChoice(shape.of, value, path, problems);
    case "list":
      return readList(shape.of, value, path, problems);
    case "texts":
      return readTexts(value, path, problems);
    case "object":
      return readObject(shape, value, path, problems);
  }
}

function readChoice(of: readonly string[], value: unknown, path: string, problems: Problem[]): unknown {
  if (typeof value !== "string") return refuse("a text", value, path, problems);
  if (of.includes(value)) return value;
  problems.push({ path, value, reason: "is not one of the choices", fix: suggestion(value, of) });
  return undefined;
}

function readList(of: Shape, value: unknown, path: string, problems: Problem[]): unknown {
  if (!Array.isArray(value)) return refuse("a list", value, path, problems);
  const read_ = value.map((element, index) => read(of, element, at(path, index), problems));
  return read_.includes(undefined) ? undefined : read_;
}

function readTexts(value: unknown, path: string, problems: Problem[]): unknown {
  if (!isPlainObject(value)) return refuse("an object of texts", value, path, problems);
  // Values are not shown: a description with a secret in the wrong place must not end up in a log.
  const entries = Object.entries(value).filter(([key, entry]) => {
    if (typeof entry === "string") return true;
    problems.push({
      path: at(path, key),
      reason: isOutput(entry) ? "is an Output, only known while resources are made" : `is ${nameOf(entry)}, not a text`,
      fix: isOutput(entry) ? "hand it to the app as a secret" : "write it in quotes",
    });
    return false;
  });
  return Object.fromEntries(entries);
}

function readObject(shape: ObjectShape, value: unknown, path: string, problems: Problem[]): unknown {
  if (!isPlainObject(value)) return refuse("an object", value, path, problems);
  const known: Record<string, unknown> = {};
  for (const [key, entry] of Object.entries(value)) {
    const field = Object.hasOwn(shape.fields, key) ? shape.fields[key] : undefined;
    if (!field) {
      problems.push({
        path: at(path, key),
        reason: "is not a property that is known here",
        fix: suggestion(key, Object.keys(shape.fields)),
      });
    } else if (entry !== undefined && entry !== null) {
      const fitting = read(field, entry, at(path, key), problems);
      if (fitting !== undefined) known[key] = fitting;
    }
  }
  for (const key of shape.required) {
    if (value[key] === undefined || value[key] === null)
      problems.push({ path: at(path, key), reason: "is missing", fix: `give it ${article(shape.fields[key]!)}` });
  }
  return known;
}

function refuse(wanted: string, value: unknown, path: string, problems: Problem[]): undefined {
  problems.push({ path, value, reason: `is ${nameOf(value)}`, fix: `give ${wanted}` });
  return undefined;
}

function article(shape: Shape): string {
  const articles = {
    text: "a text",
    number: "a number",
    boolean: "true or false",
    texts: "an object of texts",
    choice: "one of the choices",
    list: "a list",
    object: "an object",
  };
  return articles[shape.kind];
}

function nameOf(value: unknown): string {
  if (value === null || value === undefined) return "missing";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "number" && !Number.isFinite(value)) return "not a finite number";
  return (
    { string: "a text", boolean: "true or false", object: "an object" }[typeof value as string] ?? `a ${typeof value}`
  );
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Told by the mark that Pulumi's own `Output.isInstance` looks for; importing Pulumi would end this part's purity. */
function isOutput(value: unknown): boolean {
  return isPlainObject(value) && value["__pulumiOutput"] === true;
}
