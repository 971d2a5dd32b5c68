import { type Entry, EntryKind, type Property } from "./entry";

/** The entries of a library by name. */
export type Entries = ReadonlyMap<string, Entry>;

/**
 * An example of a property's value, as TypeScript: the one that its comment gives (`@example`, else the first `e.g.` in
 * backquotes), else one that its type tells. Undefined where nothing tells one.
 */
export function exampleOf(property: Property, entries: Entries): string | undefined {
  return property.example ?? fromText(property) ?? ofType(property.type, property, entries, []);
}

/** A comment shows a string without its quotes and may show one element of a list. */
function fromText({ text, type }: Property): string | undefined {
  const shown = /e\.g\. `([^`]+)`/i.exec(text)?.[1];
  if (shown === undefined) return undefined;
  const plain = plainType(type);
  const value = /^["[{]|^\d+$/.test(shown) ? shown : JSON.stringify(shown);
  return plain.endsWith("[]") && !shown.startsWith("[") ? `[${value}]` : value;
}

function ofType(type: string, property: Property, entries: Entries, within: readonly string[]): string | undefined {
  const plain = plainType(type);
  if (plain.endsWith("[]")) {
    const element = ofType(plain.slice(0, -2), property, entries, within);
    return element === undefined ? undefined : `[${element}]`;
  }
  if (plain === "boolean") return property.defaultText?.startsWith("true") ? "false" : "true";
  if (plain === "number") return /^\d+/.exec(property.defaultText ?? "")?.[0];
  if (plain === "string") return stringDefault(property.defaultText ?? "");
  const entry = entries.get(plain);
  return entry && !within.includes(plain) ? ofEntry(entry, property, entries, [...within, plain]) : undefined;
}

function ofEntry(entry: Entry, property: Property, entries: Entries, within: readonly string[]): string | undefined {
  if (entry.example !== undefined) return entry.example;
  if (entry.kind === EntryKind.Choice) {
    const other = entry.properties.find(({ name }) => name !== property.defaultText) ?? entry.properties[0];
    return other && `${entry.name}.${other.name}`;
  }
  if (entry.kind !== EntryKind.Interface) return undefined;
  const required = entry.properties.filter(({ optional }) => !optional);
  const shown = required.length ? required : entry.properties.slice(0, 1);
  const members = shown.map((member) => {
    const value = member.example ?? fromText(member) ?? ofType(member.type, member, entries, within);
    return value === undefined ? undefined : `${member.name}: ${value}`;
  });
  return members.includes(undefined) ? undefined : `{ ${members.join(", ")} }`;
}

/** A default that is a value, not words about one: quoted, or one word with digits or capitals, as versions and signals are. */
function stringDefault(text: string): string | undefined {
  if (/^"[^"]*"$/.test(text)) return text;
  return /^\S*[A-Z0-9]\S*$/.test(text) ? JSON.stringify(text) : undefined;
}

/** The type without what Pulumi puts around it. */
function plainType(type: string): string {
  const inner = /^(?:pulumi\.)?(?:Input|Output)<(.*)>(\[\])?$/.exec(type);
  return inner ? `${inner[1]}${inner[2] ?? ""}` : type;
}
