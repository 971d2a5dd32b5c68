import { stringAt } from "./python-string";

/** What a string computes, `{name}`, or a brace that stands for itself. */
const computed = /\{\{|\{[^{}]*\}/g;

/** Where a program gives a meaning to names of its own; all words of what is in the group are such names. */
const meanings = [
  /^(?:(?:async )?def|class) (\w+)/gm,
  /^ *(?:async )?def \w+\((.*)\):/gm,
  /^ *((?:\w+, *|\*)*\w+) = /gm,
  /\bfor ([\w, ()]+?) in\b/g,
  /\bas (\w+)/g,
  /(\w+) :=/g,
  /\blambda ([\w, ]+):/g,
];

/** Words that mean something to Python where a program uses them as a name as well. */
const ofPython = new Set(
  (
    "False None True abs all any as bool bytes chr class def dict dir enumerate filter float for format getattr hasattr hash " +
    "id if import in input int is isinstance iter len list map max min next not object open or ord print range repr reversed " +
    "round set setattr slice sorted str sum super tuple type vars zip"
  ).split(" "),
);

/**
 * A compact Python program (see `compact`) whose own names have a letter or two. A name that is also one of an attribute, a
 * keyword or an import somewhere stays, because there it may be another's. It does the same.
 */
export function shorten(python: string): string {
  const parts = partsOf(python);
  const code = parts
    .map(({ text, kind }) => (kind === "code" ? text : kind === "plain" ? '""' : namesIn(text)))
    .join("");
  const own = new Set(
    meanings.flatMap((where) => [...code.matchAll(where)].flatMap(([, names]) => names!.match(/[A-Za-z_]\w*/g) ?? [])),
  );
  const taken = takenNames(code, parts);
  const short = shortNames(new Set(python.match(/\w+/g)));
  const names = new Map<string, string>();
  for (const name of byUse(code, own)) if (name.length > 1 && !taken.has(name)) names.set(name, short.next().value!);
  const renamed = (text: string): string =>
    text.replace(/'[^']*'|"[^"]*"|(?<![\w.])[A-Za-z_]\w*/g, (name) => names.get(name) ?? name);
  return parts
    .map(({ text, kind }) =>
      kind === "code" ? renamed(text) : kind === "plain" ? text : text.replace(computed, renamed),
    )
    .join("");
}

/** Names that may be another's: of attributes, keywords, imports, Python, and in strings with formats that are computed. */
function takenNames(code: string, parts: readonly Part[]): Set<string> {
  const nested = parts.filter(({ text, kind }) => kind === "computing" && /\{[^{}]*\{/.test(text.replaceAll("{{", "")));
  const imports = code.match(/^ *(?:from [\w.]+ )?import .*$/gm) ?? [];
  return new Set([
    ...[...code.matchAll(/\.(\w+)|\b(\w+)=(?!=)/g)].map(([, first, second]) => first ?? second!),
    ...[...nested.map(({ text }) => text), ...imports].flatMap((text) => text.match(/\w+/g) ?? []),
    ...ofPython,
  ]);
}

/** The names that are used most come first, and get the shortest ones. */
function byUse(code: string, names: ReadonlySet<string>): string[] {
  const uses = new Map<string, number>();
  for (const [word] of code.matchAll(/[A-Za-z_]\w*/g)) uses.set(word, (uses.get(word) ?? 0) + 1);
  return [...names].sort((a, b) => (uses.get(b) ?? 0) - (uses.get(a) ?? 0) || (a < b ? -1 : 1));
}

/** What a string computes, as code. */
const namesIn = (string: string): string => ` ${(string.match(computed) ?? []).join(" ")} `;

/** Names that are no word of a program. */
function* shortNames(words: ReadonlySet<string>): Generator<string, never> {
  const letters = [..."abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"];
  for (let fronts = [""]; ; fronts = fronts.flatMap((front) => letters.map((letter) => front + letter)))
    for (const front of fronts) for (const letter of letters) if (!words.has(front + letter)) yield front + letter;
}

/** A part of a program: code, a string that computes something (`f"…"`), or one that only says something. */
interface Part {
  text: string;
  kind: "code" | "computing" | "plain";
}

function partsOf(python: string): Part[] {
  const parts: Part[] = [];
  let code = "";
  for (let at = 0; at < python.length;) {
    const string = stringAt(python, at);
    if (!string) {
      code += python.charAt(at++);
      continue;
    }
    const text = python.slice(at, string.end);
    parts.push({ text: code, kind: "code" }, { text, kind: /f/i.test(string.prefix) ? "computing" : "plain" });
    code = "";
    at = string.end;
  }
  return [...parts, { text: code, kind: "code" }];
}
