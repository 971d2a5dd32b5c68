import { type Difference, sameValue } from "../property/difference";
import {
  isPropertyList,
  isPropertyMap,
  type PropertyMap,
  type PropertyValue,
  reveal,
  Unknown,
} from "../property/value";

/** A change to a resource's inputs, as conditions of replacement look at it. */
export interface Change {
  readonly before: PropertyMap;
  readonly after: PropertyMap;
  /** The region of the provider. */
  readonly region: string;
}

/** An input whose change replaces the resource. */
export interface ReplacementRow {
  /** The input, e.g. `ami`; inside of objects and of any item of a list, `ebsBlockDevices[].volumeSize`. */
  readonly path: string;
  /** File of hashicorp/terraform-provider-aws that says so, and how. */
  readonly source: string;
  /** Whether it does in this change. @default always */
  readonly when?: (change: Change) => boolean;
}

/** Rows for inputs that a file of the Terraform provider marks as `ForceNew`. */
export function forceNew(file: string, ...paths: readonly string[]): ReplacementRow[] {
  return paths.map((path) => ({ path, source: `${file} ForceNew` }));
}

/** Rows for inputs that a file written for the newer Terraform framework marks as `RequiresReplace`. */
export function requiresReplace(file: string, ...paths: readonly string[]): ReplacementRow[] {
  return paths.map((path) => ({ path, source: `${file} RequiresReplace` }));
}

/** Every regional resource has it: another region is another resource, naming the provider's own changes nothing. */
export const byRegion: ReplacementRow = {
  path: "region",
  source: "internal/provider/sdkv2/region.go forceNewIfRegionChanges",
  when: ({ before, after, region }) => !sameValue(before["region"] ?? region, after["region"] ?? region),
};

/** Whether a difference, in its change, replaces the resource. */
export function replaces(rows: readonly ReplacementRow[], difference: Difference, change: Change): boolean {
  return rows.some((row) => concerns(row.path, difference, change) && (row.when?.(change) ?? true));
}

/** A difference is about a row when it lies at or in the row's place, or when it adds or removes something with that place. */
function concerns(path: string, difference: Difference, change: Change): boolean {
  const place = difference.path.replaceAll(/\[\d+\]/g, "[]");
  if (isAtOrIn(place, path)) return true;
  if (!isAtOrIn(path, place)) return false;
  const inside = path.slice(place.length).replace(/^\./, "");
  return [change.before, change.after].some((inputs) => holds(valueAt(inputs, difference.path), inside));
}

function isAtOrIn(place: string, outer: string): boolean {
  return place === outer || (place.startsWith(outer) && /^[.[]/.test(place.slice(outer.length)));
}

function valueAt(inputs: PropertyMap, path: string): PropertyValue | undefined {
  const steps = path.match(/[^.[\]]+/g) ?? [];
  return steps.reduce<PropertyValue | undefined>((value, step) => {
    if (isPropertyList(value)) return value[Number(step)];
    return isPropertyMap(value) ? value[step] : undefined;
  }, reveal(inputs));
}

function holds(value: PropertyValue | undefined, path: string): boolean {
  if (value === undefined || value === null) return false;
  if (path === "" || value instanceof Unknown) return true;
  const [, step = "", rest = ""] = /^(\[\]|[^.[]+)\.?(.*)$/.exec(path) ?? [];
  if (step === "[]") return isPropertyList(value) && value.some((item) => holds(item, rest));
  return isPropertyMap(value) && holds(value[step], rest);
}
