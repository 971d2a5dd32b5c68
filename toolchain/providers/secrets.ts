import { isPropertyList, isPropertyMap, type PropertyMap, type PropertyValue, Secret } from "./property/value";
import type { PropertyTable, PropertyType } from "./table";

/** Shorter texts are not hidden: hiding every `a` would only make output unreadable. Pulumi's own filter does the same. */
const shortestHidden = 3;

/** Shorter lines of a secret of several lines are not hidden on their own, e.g. a lone bracket of a JSON document. */
const shortestHiddenLine = 8;

/**
 * The texts that neither a log nor an error may show.
 *
 * Where an object is a secret as a whole, only those of its properties are taken that the table says are secret: the
 * connection of a remote command is one, and hiding its `user` would hide every `root` in the output.
 */
export function secretTexts(table: PropertyTable, values: PropertyMap): string[] {
  const texts = new Set<string>();
  for (const [name, value] of Object.entries(values)) {
    const property = table[name];
    if (value !== undefined) collect(property?.type ?? "any", value, property?.secret ?? false, texts);
  }
  return [...texts].sort((left, right) => right.length - left.length);
}

function collect(type: PropertyType, value: PropertyValue, secret: boolean, into: Set<string>): void {
  if (value instanceof Secret) return collect(type, value.value, true, into);
  if (typeof value === "string") {
    if (secret) addText(value, into);
    return;
  }
  if (isPropertyList(value)) {
    const item = typeof type === "object" && "list" in type ? type.list : "any";
    for (const part of value) collect(item, part, secret, into);
    return;
  }
  if (!isPropertyMap(value)) return;
  const members = typeof type === "object" && "object" in type ? type.object : undefined;
  for (const [name, part] of Object.entries(value)) {
    if (part === undefined) continue;
    const member = members?.[name];
    collect(member?.type ?? "any", part, members ? (member?.secret ?? false) : secret, into);
  }
}

function addText(text: string, into: Set<string>): void {
  if (text.trim().length >= shortestHidden) addForms(text.trim(), into);
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  if (lines.length > 1) for (const line of lines) if (line.length >= shortestHiddenLine) addForms(line, into);
}

/** As it is, and as messages quote it. */
function addForms(text: string, into: Set<string>): void {
  into.add(text);
  into.add(JSON.stringify(text).slice(1, -1));
}

/** The text with `[secret]` in place of each of the given texts, which come longest first. */
export function hide(texts: readonly string[], text: string): string {
  return texts.reduce((shown, secret) => shown.replaceAll(secret, "[secret]"), text);
}
