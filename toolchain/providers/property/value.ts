/**
 * The values that resources have: what JSON has, and secrets, values not known yet, assets and archives.
 *
 * Resource references and output values need no form of their own here: our providers do not say that they accept them,
 * so the engine sends an id, a secret or an unknown instead.
 */
export type PropertyValue =
  null | boolean | number | string | Unknown | Secret | Asset | Archive | readonly PropertyValue[] | PropertyMap;

/** Named values: a resource's inputs, its state, or an object inside of them. */
export interface PropertyMap {
  readonly [name: string]: PropertyValue | undefined;
}

/** A value that is known only after some other resource has been made, seen at preview. */
export class Unknown {
  static readonly value = new Unknown();
  private constructor() {}
}

/** A value that the engine encrypts in the state and never shows. */
export class Secret {
  constructor(readonly value: PropertyValue) {}
}

/** A file's content: a file on this machine, text, or a URL. */
export class Asset {
  constructor(
    readonly content: { readonly path: string } | { readonly text: string } | { readonly uri: string },
    /** SHA-256 of the content in hexadecimal digits; empty when not computed. */
    readonly hash = "",
  ) {}
}

/** A bundle of files: a folder or archive on this machine, a URL, or assets by their path in the bundle. */
export class Archive {
  constructor(
    readonly content:
      | { readonly path: string }
      | { readonly uri: string }
      | { readonly assets: Readonly<Record<string, Asset | Archive>> },
    /** Digest of the content in hexadecimal digits; empty when not computed. */
    readonly hash = "",
  ) {}
}

/** Whether the value is an object with named values. */
export function isPropertyMap(value: PropertyValue | undefined): value is PropertyMap {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Unknown || value instanceof Secret || value instanceof Asset || value instanceof Archive)
  );
}

/** Whether the value is a list. `Array.isArray` does not narrow read-only arrays. */
export function isPropertyList(value: PropertyValue | undefined): value is readonly PropertyValue[] {
  return Array.isArray(value);
}

/** The value without its secret marks, at every depth. */
export function reveal(value: PropertyMap): PropertyMap;
export function reveal(value: PropertyValue): PropertyValue;
export function reveal(value: PropertyValue): PropertyValue {
  if (value instanceof Secret) return reveal(value.value);
  if (isPropertyList(value)) return value.map((item) => reveal(item));
  if (isPropertyMap(value)) return mapProperties(value, (item) => reveal(item));
  return value;
}

/** The same names with other values; names without a value are left out. */
export function mapProperties(
  values: PropertyMap,
  change: (value: PropertyValue, name: string) => PropertyValue | undefined,
): PropertyMap {
  const changed = Object.entries(values).flatMap(([name, value]) => {
    const result = value === undefined ? undefined : change(value, name);
    return result === undefined ? [] : [[name, result] as const];
  });
  return Object.fromEntries(changed);
}

/** Whether something in the value, at any depth, is not known yet. */
export function hasUnknown(value: PropertyValue | undefined): boolean {
  if (value === undefined) return false;
  return value instanceof Unknown || parts(value).some((part) => hasUnknown(part));
}

/** Whether something in the value, at any depth, is a secret. */
export function hasSecret(value: PropertyValue | undefined): boolean {
  if (value === undefined) return false;
  return value instanceof Secret || parts(value).some((part) => hasSecret(part));
}

function parts(value: PropertyValue): readonly (PropertyValue | undefined)[] {
  if (value instanceof Secret) return [value.value];
  if (isPropertyList(value)) return value;
  if (isPropertyMap(value)) return Object.values(value);
  return [];
}
