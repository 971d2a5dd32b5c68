import { stringAt } from "./python-string";

/** Shorter names are not worth it. */
const shortest = 5;

/** What a string computes, `{name}`, or a brace that stands for itself. A format behind a colon has no names of ours. */
const computed = /\{\{|\{[^{}]*\}/g;

/**
 * A compact Python program (see `compact`) whose own functions, classes and constants have names of a letter or two. A name
 * that is also one of an attribute or a keyword somewhere stays, because there it may be another's. It does the same.
 */
export function shorten(python: string): string {
  const parts = partsOf(python);
  const code = parts
    .map(({ text, kind }) => (kind === "code" ? text : kind === "plain" ? '""' : namesIn(text)))
    .join("");
  const defined = [...code.matchAll(/^(?:(?:async )?def|class) (\w+)|^(\w+)(?:: [^=\n]+)? = /gm)];
  const own = new Set(defined.flatMap(([, first, second]) => first ?? second ?? []));
  const taken = new Set([...code.matchAll(/\.(\w+)|\b(\w+)=(?!=)/g)].map(([, first, second]) => first ?? second!));
  const short = shortNames(new Set(python.match(/\w+/g)));
  const names = new Map<string, string>();
  for (const name of own) if (name.length >= shortest && !taken.has(name)) names.set(name, short.next().value!);
  const renamed = (text: string): string =>
    text.replace(/'[^']*'|"[^"]*"|(?<![\w.])[A-Za-z_]\w*/g, (name) => names.get(name) ?? name);
  return parts
    .map(({ text, kind }) =>
      kind === "code" ? renamed(text) : kind === "plain" ? text : text.replace(computed, renamed),
    )
    .join("");
}

/** What a string computes, as code. */
const namesIn = (string: string): string => ` ${(string.match(computed) ?? []).join(" ")} `;

/** Names that are no word of a program. */
function* shortNames(words: ReadonlySet<string>): Generator<string, never> {
  const letters = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];
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
