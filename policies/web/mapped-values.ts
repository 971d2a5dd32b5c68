import { NginxScope, NginxView, PlacedDirective } from "../reader/nginx/nginx-view";

/** One value that a variable of a `map` can have, and for what. */
export interface MappedValue {
  /** `default`, a text, or a regular expression behind `~` or `~*`. */
  readonly key: string;
  readonly value: string;
}

/** A `map`: what its variable is made from, and its values in the order of the file. */
export interface MapView {
  readonly source: string;
  readonly values: readonly MappedValue[];
  readonly directive: PlacedDirective;
}

/** Lines in the block of a `map` that are no values. */
const parameters = new Set(["hostnames", "volatile", "include"]);

/** The `map` that makes a variable, e.g. `$cors_origin`; null when there is none. */
export function mapOf({ http }: NginxView, variable: string): MapView | null {
  const directive = http?.directives.find(({ name, args }) => name === "map" && args[1] === variable);
  if (!directive) return null;
  const values = (directive.block ?? [])
    .filter(({ name }) => !parameters.has(name))
    // A key that looks like a parameter stands behind a backslash.
    .map(({ name, args }) => ({ key: name.replace(/^\\/, ""), value: args[0] ?? "" }));
  return { source: directive.args[0] ?? "", values, directive };
}

/** The value of a map for a text, as nginx finds it: what is equal, the first expression that matches, the default. */
export function mappedTo({ values }: MapView, text: string): string {
  const equal = values.find(
    ({ key }) => !key.startsWith("~") && key !== "default" && key.toLowerCase() === text.toLowerCase(),
  );
  const found = equal ?? values.find(({ key }) => matches(key, text)) ?? values.find(({ key }) => key === "default");
  return found?.value ?? "";
}

function matches(key: string, text: string): boolean {
  return key.startsWith("~") && (expressionOf(key)?.test(text) ?? false);
}

/** The regular expression of a key such as `~*\.php$`; null for one that only PCRE reads. */
export function expressionOf(key: string): RegExp | null {
  const [, ignoring, source = ""] = /^~(\*?)(.*)$/s.exec(key) ?? [];
  try {
    // PCRE's end of the text; nothing that is looked at here has lines.
    return new RegExp(source.replace(/\\z/g, "$").replace(/\(\?P</g, "(?<"), ignoring ? "i" : "");
  } catch {
    return null;
  }
}

/** What decides in a condition: a variable by itself, or a variable held against an expression. */
export type Condition =
  | { readonly variable: string; readonly expression: null }
  | { readonly variable: string; readonly expression: string; readonly isNegated: boolean };

/** The condition of an `if`; null for others than those two. */
export function conditionOf({ args }: NginxScope): Condition | null {
  const text = args.join(" ").replace(/^\(\s*|\s*\)$/g, "");
  if (/^\$\w+$/.test(text)) return { variable: text, expression: null };
  const [, variable, not, ignoring, source] = /^(\$\w+)\s+(!?)~(\*?)\s+(.*)$/s.exec(text) ?? [];
  if (variable === undefined || source === undefined) return null;
  return { variable, expression: `~${ignoring}${source.replace(/^"(.*)"$/s, "$1")}`, isNegated: not === "!" };
}
