import { Evaluated } from "./tree";
import { characterName, unfitCharacter } from "../unfit-character";

/** Words that mean the same to httpd with and without quotes. */
const bare = /^[\w./:=@%+,-]+$/;

/** httpd reads lines of up to 8,192 bytes (`MAX_STRING_LEN`); a word leaves room for others. */
const longest = 4096;

/**
 * One word of httpd's text, quoted where it has to be. Throws on what httpd cannot carry: control characters (a newline
 * would start another directive), broken Unicode, and `${`, which it replaces by a variable even between quotes.
 */
export function apacheWord(value: string): string {
  checkFit(value);
  return bare.test(value) ? value : `"${value.replace(/["\\]/g, "\\$&")}"`;
}

/**
 * The same for mod_rewrite, which reads its lines by itself: nothing is escaped there, so that no word can hold a quote. A
 * pattern says it as `\x22`.
 */
export function rewriteWord(value: string): string {
  checkFit(value);
  if (value.includes('"')) throw new Error(`mod_rewrite cannot carry a quote in ${JSON.stringify(value)}; take it out`);
  return bare.test(value) ? value : `"${value}"`;
}

/** Name of the variable that holds a dollar sign: httpd has no escape for it. Defined once, in the main file. */
export const dollarVariable = "landfall_dollar";

/**
 * A variable of the request, as a word. httpd takes `${name}` for one of its own when it reads its files; with a dollar sign that
 * is one of its own, what is left is the request's.
 */
export function requestVariable(name: string): Evaluated {
  return { token: `\${${dollarVariable}}{${checkName(name)}}` };
}

/**
 * Flag of mod_rewrite that sets a variable to what a table (`RewriteMap`) makes of the last condition's first group. httpd looks for
 * no variable of its own with a colon in its name.
 */
export function lookedUp(variable: string, table: string): Evaluated {
  return { token: `"[E=${checkName(variable)}:\${${checkName(table)}:%1}]"` };
}

/**
 * A word of mod_rewrite in which `$1` stands for the first group of the rule's pattern: what is written here is as it is, what is
 * put in stands for itself. Without quotes around it, so that it may hold one.
 *
 * @example
 * expanded`${folder}/$1.gz`
 */
export function expanded(texts: TemplateStringsArray, ...values: readonly string[]): Evaluated {
  values.forEach(checkFit);
  return { token: String.raw({ raw: texts }, ...values.map((value) => value.replace(/[\\$%\s]/g, "\\$&"))) };
}

function checkName(name: string): string {
  if (!/^[a-z]\w*$/.test(name)) throw new Error(`${JSON.stringify(name)} is no name of a variable`);
  return name;
}

function checkFit(value: string): void {
  const bad = unfitCharacter(value);
  if (bad) throw new Error(`httpd cannot carry ${characterName(bad)} in ${JSON.stringify(value)}; take it out`);
  if (value.includes("${")) throw new Error(`httpd reads "\${" in ${JSON.stringify(value)} as a variable; take it out`);
  if (Buffer.byteLength(value) > longest)
    throw new Error(`httpd gets no word of ${Buffer.byteLength(value)} bytes (${value.slice(0, 40)}...)`);
}
