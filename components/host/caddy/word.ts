/** Words that mean the same to Caddy with and without quotes. */
const bare = /^[\w./:=@%+,*?-]+$/;

/** Control characters, and halves of characters that UTF-8 cannot carry. */
const unfit = /[\p{Cc}\p{Surrogate}]/u;

/**
 * One word of a Caddyfile, quoted where it has to be. Throws on what it cannot carry: control characters, broken Unicode,
 * braces (Caddy puts variables and placeholders in their place even between quotes), and text with both a backslash and a
 * backquote, for which it has no quotes.
 */
export function caddyWord(value: string): string {
  const bad = unfit.exec(value) ?? /[{}]/.exec(value);
  if (bad) throw new Error(`a Caddyfile cannot carry ${nameOf(bad[0])} in ${JSON.stringify(value)}; take it out`);
  if (bare.test(value)) return value;
  if (!value.includes("`")) return `\`${value}\``;
  if (value.includes("\\"))
    throw new Error(`a Caddyfile cannot carry both a backslash and a backquote, as in ${JSON.stringify(value)}`);
  return `"${value.replaceAll('"', '\\"')}"`;
}

function nameOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code === 10) return "a newline";
  return code === 0x7b || code === 0x7d
    ? "a brace"
    : `the character U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
}
