/**
 * Words of a setting as systemd takes them apart (systemd.syntax(7), systemd.service(5)): quotes and C-like escapes. What
 * systemd would refuse, such as a quote without an end, is taken as it stands.
 */
export function splitWords(value: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quote: string | undefined;
  for (let i = 0; i < value.length; i++) {
    const character = value[i] ?? "";
    if (character === "\\") {
      const { text, length } = unescape(value, i + 1);
      word = (word ?? "") + text;
      i += length;
    } else if (quote !== undefined) {
      if (character === quote) quote = undefined;
      else word = (word ?? "") + character;
    } else if (character === '"' || character === "'") {
      quote = character;
      word ??= "";
    } else if (/\s/.test(character)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else {
      word = (word ?? "") + character;
    }
  }
  if (word !== undefined) words.push(word);
  return words;
}

const escapes: Readonly<Record<string, string>> = {
  a: "\u0007",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
  s: " ",
  "\\": "\\",
  '"': '"',
  "'": "'",
};

/** What an escape behind a backslash stands for, and how many characters it takes. */
function unescape(value: string, at: number): { text: string; length: number } {
  const character = value[at];
  if (character === undefined) return { text: "\\", length: 0 };
  const known = Object.hasOwn(escapes, character) ? escapes[character] : undefined;
  if (known !== undefined) return { text: known, length: 1 };
  const [whole, hex, short, long, octal] =
    /^(?:x([0-9a-f]{2})|u([0-9a-f]{4})|U([0-9a-f]{8})|([0-7]{3}))/i.exec(value.slice(at, at + 9)) ?? [];
  if (whole === undefined) return { text: `\\${character}`, length: 1 };
  const code = parseInt(octal ?? hex ?? short ?? long ?? "", octal === undefined ? 16 : 8);
  return code <= 0x10ffff
    ? { text: String.fromCodePoint(code), length: whole.length }
    : { text: `\\${character}`, length: 1 };
}
