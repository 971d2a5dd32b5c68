import { namedTypes } from "./check";
import { type Entry, EntryKind, type Property } from "./entry";
import { type Entries, exampleOf } from "./example";

/** A page of the reference: its file name and its Markdown. */
export interface Page {
  file: string;
  text: string;
}

const origin = "<!-- Made from the doc comments by `npm run reference`; a change made here is lost. -->";

/** The pages of the reference. */
export function renderPages(entries: Entries): Page[] {
  const all = [...entries.values()];
  const components = all.filter(({ kind }) => kind === EntryKind.Component);
  const functions = all.filter(({ kind }) => kind === EntryKind.Function);
  const shownWithTheirOwner = new Set([...components, ...functions].map(({ argsType }) => argsType));
  const types = all.filter(
    ({ kind, name }) => (kind === EntryKind.Interface && !shownWithTheirOwner.has(name)) || kind === EntryKind.Choice,
  );
  const placeOf = places([
    ["components.md", components],
    ["presets.md", functions],
    ["types.md", types],
  ]);
  const page = (file: string, title: string, intro: string, sections: string[][]): Page => ({
    file,
    text: `${[origin, `# ${title}`, intro, ...sections.flat()].join("\n\n")}\n`,
  });
  return [
    page(
      "components.md",
      "Components",
      "Pulumi components: `new Site(name, args, opts)`. Other languages use them by `landfall:index:<Name>`.",
      components.map((entry) => callSection(entry, entries, placeOf)),
    ),
    page(
      "presets.md",
      "Presets",
      "Functions that return an `App`, and one that tells a path.",
      functions.map((entry) => callSection(entry, entries, placeOf)),
    ),
    page(
      "types.md",
      "Types",
      "What arguments and outputs are made of.",
      types.map((entry) => typeSection(entry, entries, placeOf)),
    ),
  ];
}

type PlaceOf = (type: string) => string | undefined;

/** Arguments are described where their component or function is. */
function places(pages: readonly (readonly [string, readonly Entry[]])[]): PlaceOf {
  const found = new Map<string, string>();
  for (const [file, entries] of pages)
    for (const { name, argsType } of entries) {
      const place = `${file}#${name.toLowerCase()}`;
      found.set(name, place);
      if (argsType && !found.has(argsType)) found.set(argsType, place);
    }
  return (type) => found.get(type);
}

function callSection(entry: Entry, entries: Entries, placeOf: PlaceOf): string[] {
  const args = entry.argsType === undefined ? undefined : entries.get(entry.argsType);
  return [
    `## ${entry.name}`,
    entry.text,
    ...(entry.signature === undefined ? [] : [`\`${entry.signature}\``]),
    ...(entry.example === undefined ? [] : [`\`\`\`ts\n${entry.example}\n\`\`\``]),
    ...(args ? [`Arguments, \`${args.name}\`:`, properties(args, entries, placeOf, true)] : []),
    ...(entry.properties.length ? ["Outputs:", properties(entry, entries, placeOf, false)] : []),
  ];
}

function typeSection(entry: Entry, entries: Entries, placeOf: PlaceOf): string[] {
  const values = entry.properties.map(({ name, type, text }) => `- \`${entry.name}.${name}\`, ${type}: ${text}`);
  return [
    `## ${entry.name}`,
    entry.text,
    entry.kind === EntryKind.Choice ? values.join("\n") : properties(entry, entries, placeOf, true),
  ];
}

function properties(entry: Entry, entries: Entries, placeOf: PlaceOf, withExamples: boolean): string {
  return entry.properties
    .map((property) => {
      const example = withExamples ? exampleOf(property, entries) : undefined;
      const shown = example === undefined ? "" : ` Example: ${code(`${property.name}: ${example}`)}.`;
      return `- **\`${property.name}\`**, ${linked(property.type, placeOf)}${necessity(entry, property)}: ${sentence(property.text)}${shown}`;
    })
    .join("\n");
}

function necessity(entry: Entry, { optional, defaultText }: Property): string {
  if (entry.kind !== EntryKind.Interface) return "";
  return optional ? `, by default ${defaultText ?? "none"}` : ", required";
}

function linked(type: string, placeOf: PlaceOf): string {
  const place = namedTypes(type)
    .map(placeOf)
    .find((found) => found !== undefined);
  return place === undefined ? code(type) : `[${code(type)}](${place})`;
}

/** Markdown's code, also around backquotes. */
const code = (text: string): string => (text.includes("`") ? `\`\` ${text} \`\`` : `\`${text}\``);

const sentence = (text: string): string => (text === "" || /[.!?…]$/.test(text) ? text : `${text}.`);
