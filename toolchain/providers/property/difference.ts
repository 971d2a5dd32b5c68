import {
  Archive,
  Asset,
  hasSecret,
  hasUnknown,
  isPropertyList,
  isPropertyMap,
  type PropertyMap,
  type PropertyValue,
  Secret,
  Unknown,
} from "./value";

/** One place where two sets of values differ. */
export interface Difference {
  /** The place in Pulumi's notation, e.g. `environment.PATH`, `triggers[2]`, `tags["a.b"]`. */
  readonly path: string;
  /** The top name of the place, e.g. `environment`. */
  readonly property: string;
  readonly kind: "add" | "delete" | "update";
}

/**
 * The places where `after` differs from `before`.
 *
 * A value that is not known yet counts as a difference. So does a value that has become a secret or has ceased to be one:
 * the state has to be written anew to be encrypted. Names that begin with `__` are other providers' own and are passed over.
 */
export function differences(before: PropertyMap, after: PropertyMap): Difference[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return names
    .filter((name) => !name.startsWith("__"))
    .flatMap((property) => {
      const [old, recent] = [before[property], after[property]];
      const found = compare(name(property), old, recent);
      const marked = found.length === 0 && hasSecret(old) !== hasSecret(recent);
      return (marked ? [{ path: name(property), kind: "update" as const }] : found).map((place) => ({
        ...place,
        property,
      }));
    });
}

/** Whether two values are the same, secret marks aside. A value that is not known yet equals nothing. */
export function sameValue(left: PropertyValue | undefined, right: PropertyValue | undefined): boolean {
  return compare("", left, right).length === 0;
}

type Place = Omit<Difference, "property">;

function compare(path: string, before: PropertyValue | undefined, after: PropertyValue | undefined): Place[] {
  const [old, recent] = [unwrap(before), unwrap(after)];
  if (old === undefined && recent === undefined) return [];
  if (old === undefined) return [{ path, kind: "add" }];
  if (recent === undefined) return [{ path, kind: "delete" }];
  if (isPropertyList(old) && isPropertyList(recent)) {
    return Array.from({ length: Math.max(old.length, recent.length) }, (_, index) =>
      compare(`${path}[${index}]`, old[index], recent[index]),
    ).flat();
  }
  if (isPropertyMap(old) && isPropertyMap(recent)) {
    const names = [...new Set([...Object.keys(old), ...Object.keys(recent)])].sort();
    return names.flatMap((key) => compare(member(path, key), old[key], recent[key]));
  }
  return equal(old, recent) ? [] : [{ path, kind: "update" }];
}

/** null and nothing are the same to the engine, which drops null inputs. */
function unwrap(value: PropertyValue | undefined): PropertyValue | undefined {
  if (value instanceof Secret) return unwrap(value.value);
  return value ?? undefined;
}

function equal(left: PropertyValue, right: PropertyValue): boolean {
  if (left instanceof Unknown || right instanceof Unknown) return false;
  if (left instanceof Asset && right instanceof Asset) return sameContent(left, right);
  if (left instanceof Archive && right instanceof Archive) {
    if (hasUnknown(right as never)) return false;
    return sameContent(left, right);
  }
  return left === right;
}

/** Content decides where it is known, not the place that it is read from: a moved folder is not a change. */
function sameContent(left: Asset | Archive, right: Asset | Archive): boolean {
  if (left.hash !== "" && right.hash !== "") return left.hash === right.hash;
  return JSON.stringify(left.content) === JSON.stringify(right.content);
}

const plainName = /^[A-Za-z_$][\w$]*$/;

function name(key: string): string {
  return plainName.test(key) ? key : `[${JSON.stringify(key)}]`;
}

function member(path: string, key: string): string {
  return plainName.test(key) ? `${path}.${key}` : `${path}[${JSON.stringify(key)}]`;
}
