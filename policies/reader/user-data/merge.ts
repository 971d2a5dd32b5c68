import { isMap, isScalar, isSeq, Node } from "yaml";
import { HostDraft } from "../draft";
import { Part } from "./parts";
import { readYaml, YamlText } from "./yaml";

/** A node of a cloud-config, and the text it is in. */
export interface Located {
  readonly yaml: YamlText;
  readonly node: Node | null;
}

/** The cloud-configs of all parts as one: lists item by item, whatever else as one. */
export type MergedConfig = ReadonlyMap<string, Located | readonly Located[]>;

/** How a value meets one that an earlier part gave. */
interface Merging {
  /** Whether the later value takes the place of the earlier one: cloud-init's default between parts. */
  readonly replaces: boolean;
  /** What happens to two lists; null when the earlier one stays. */
  readonly lists: "append" | "prepend" | "replace" | "no_replace" | null;
}

/** cloud-init's own default between parts, `dict(replace)+list()+str()`. */
const byDefault: Merging = { replaces: true, lists: null };

/** Merges cloud-configs as cloud-init does (its `mergers`), by default and as `merge_how` or a header says. */
export function mergeConfigs(parts: readonly Part[], draft: HostDraft): MergedConfig {
  const merged = new Map<string, Located | readonly Located[]>();
  for (const part of parts) {
    const yaml = readYaml(part, draft);
    if (yaml === null || yaml.root === null || isEmpty(yaml.root)) continue;
    const { root } = yaml;
    if (!isMap(root)) {
      draft.broken(yaml.place(root), "is no mapping, as cloud-config has to be");
      continue;
    }
    const told = mergingOf(part, yaml);
    const keys = new Map(root.items.map(({ key }) => [isScalar(key) ? key.value : null, key]));
    for (const [name, key] of keys) {
      if (typeof name !== "string") continue;
      const node = yaml.member(root, name);
      const value = isSeq(node) ? node.items.map((item) => ({ yaml, node: yaml.resolve(item) })) : { yaml, node };
      const before = merged.get(name);
      if (before !== undefined && told === null && isSeq(node) && isList(before) && before.length > 0) {
        draft.broken(
          yaml.place(key),
          `has ${name} as well as an earlier part, whose ${name} is lost; add "merge_how: list(append)+dict(recurse_list)"`,
        );
      }
      merged.set(name, before === undefined ? value : mergeValues(before, value, told ?? byDefault));
    }
  }
  return merged;
}

function mergeValues(
  before: Located | readonly Located[],
  value: Located | readonly Located[],
  merging: Merging,
): Located | readonly Located[] {
  if (merging.replaces) return value;
  if (!isList(before) || !isList(value)) return before;
  switch (merging.lists) {
    case "append":
      return [...before, ...value];
    case "prepend":
      return [...value, ...before];
    case "replace":
      return before.map((item, index) => value[index] ?? item);
    default:
      return before;
  }
}

export function isList(value: Located | readonly Located[]): value is readonly Located[] {
  return Array.isArray(value);
}

function isEmpty(node: Node): boolean {
  return isScalar(node) && node.value === null;
}

/** What a part says about merging, itself before its header; null when it says nothing. */
function mergingOf(part: Part, yaml: YamlText): Merging | null {
  const options = mergerOptions(yaml) ?? textOptions(part.mergeType ?? "");
  if (options.size === 0) return null;
  const dict = options.get("dict") ?? [];
  const list = options.get("list");
  const recursesLists = dict.includes("recurse_array") || dict.includes("recurse_list");
  const first = (["append", "prepend", "replace", "no_replace"] as const).find((one) => list?.includes(one));
  return {
    replaces: options.has("dict") && dict.includes("replace"),
    lists: recursesLists && list ? (first ?? "replace") : null,
  };
}

/** `merge_how` or `merge_type`: a text, or a list of names with their settings. */
function mergerOptions(yaml: YamlText): Map<string, string[]> | null {
  if (!isMap(yaml.root)) return null;
  const node = yaml.member(yaml.root, "merge_how") ?? yaml.member(yaml.root, "merge_type");
  if (isScalar(node)) return typeof node.value === "string" ? textOptions(node.value) : null;
  const items = yaml.items(node);
  if (items === null) return null;
  const found = new Map<string, string[]>();
  for (const item of items) {
    if (!isMap(item)) continue;
    const settings = yaml.items(yaml.member(item, "settings")) ?? [];
    found.set(
      yaml.string(item, "name") ?? "",
      settings.flatMap((one) => (isScalar(one) && typeof one.value === "string" ? [one.value] : [])),
    );
  }
  return found;
}

/** The notation `list(append)+dict(recurse_list)+str()`. */
function textOptions(text: string): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const merger of text.split("+")) {
    const [, name, options] = /^\s*([a-z_]\w*)\(([^)]*)\)\s*$/i.exec(merger) ?? [];
    if (name === undefined || options === undefined) continue;
    found.set(
      name.toLowerCase(),
      options.split(",").map((one) => one.trim().toLowerCase()),
    );
  }
  return found;
}
