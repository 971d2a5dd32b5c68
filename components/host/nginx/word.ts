import { characterName, unfitCharacter } from "../unfit-character";

/** Words that mean the same to nginx with and without quotes: of ASCII, so as long as they look. */
const bare = /^[\w./:~^=*@%+,?&|<>!()[\]$-]+$/;

/** nginx reads its files through a buffer of 4,096 bytes that one word has to fit into. */
const longest = 4095;

/** A backslash that nginx would take for an escape: before a quote, a backslash, `t`, `r`, `n`, or at the end. */
const escaping = /\\(?=["'\\trn]|$)/g;

/**
 * One word of nginx's text, quoted where it has to be. Throws on what nginx cannot carry: control characters (a newline
 * would start another header), broken Unicode, and more than nginx's buffer holds.
 */
export function word(value: string): string {
  if (value.length <= longest && bare.test(value)) return value;
  const bad = unfitCharacter(value);
  if (bad) throw new Error(`nginx cannot carry ${characterName(bad)} in ${JSON.stringify(value)}; take it out`);
  const quoted = quote(value);
  if (Buffer.byteLength(quoted) > longest) {
    throw new Error(
      `nginx cannot read a word of ${Buffer.byteLength(quoted)} bytes (${value.slice(0, 40)}...); its limit is ${longest}`,
    );
  }
  return quoted;
}

function quote(value: string): string {
  const mark = value.includes('"') && !value.includes("'") ? "'" : '"';
  return mark + value.replace(escaping, "\\\\").replaceAll(mark, `\\${mark}`) + mark;
}
