import type { Problem } from "../../../components/app/problem";
import { type Entry, EntryKind, type Property } from "./entry";
import { type Entries, exampleOf } from "./example";

/** What is missing in the doc comments, each with the path `<Interface>.<property>`. */
export function referenceProblems(entries: Entries): Problem[] {
  const given = givenInterfaces(entries);
  return [...entries.values()].flatMap((entry) => [
    ...(entry.text ? [] : [problem(entry.name, "has no doc comment", "say in a sentence what it is")]),
    ...(entry.kind === EntryKind.Component || entry.kind === EntryKind.Function ? callProblems(entry) : []),
    ...entry.properties.flatMap((property) => propertyProblems(entry, property, given.has(entry.name), entries)),
  ]);
}

function callProblems({ name, example, properties, kind }: Entry): Problem[] {
  const shown = kind === EntryKind.Component || properties.length > 0;
  return shown && example === undefined ? [problem(name, "has no example", "show its use after @example")] : [];
}

function propertyProblems(entry: Entry, property: Property, given: boolean, entries: Entries): Problem[] {
  const path = `${entry.name}.${property.name}`;
  const found: Problem[] = [];
  if (!property.text) found.push(problem(path, "has no doc comment", "say in a sentence what it is"));
  if (given && property.optional && !property.defaultText)
    found.push(problem(path, "has no default", "say after @default what holds when it is left out"));
  if (given && exampleOf(property, entries) === undefined)
    found.push(problem(path, "has no example", "give one after @example, or as e.g. `…` in the comment"));
  const missing = entry.kind === EntryKind.Choice ? [] : namedTypes(property.type).filter((type) => !entries.has(type));
  found.push(
    ...missing.map((type) => problem(path, `has the type ${type}, which is not exported`, "export it as well")),
  );
  return found;
}

const problem = (path: string, reason: string, fix: string): Problem => ({ path, reason, fix });

/** Types of TypeScript and Pulumi, which need no description of ours. */
const foreignTypes = new Set(["Input", "Output", "Record", "Readonly", "Partial"]);

/** The library's types in a type as it is written. */
export function namedTypes(type: string): string[] {
  const names = type.replace(/"[^"]*"/g, "").match(/\b[A-Z]\w*/g) ?? [];
  return [...new Set(names)].filter((name) => !foreignTypes.has(name));
}

/** Interfaces that users fill in: arguments, and what they are made of. The others they only read. */
export function givenInterfaces(entries: Entries): Set<string> {
  const given = new Set<string>();
  const visit = (name: string): void => {
    const entry = entries.get(name);
    if (entry?.kind !== EntryKind.Interface || given.has(name)) return;
    given.add(name);
    for (const property of entry.properties) namedTypes(property.type).forEach(visit);
  };
  for (const { argsType } of entries.values()) if (argsType) visit(argsType);
  return given;
}
