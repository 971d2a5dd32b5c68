/** Words that mean the same to HAProxy with and without quotes. */
const bare = /^[\w./:=@%+,;?&|<>!()[\]{}~^*-]+$/;

/** Control characters, and halves of characters that UTF-8 cannot carry. */
const unfit = /[\p{Cc}\p{Surrogate}]/u;

/**
 * One word of HAProxy's text, quoted where it has to be: between single quotes nothing means anything (configuration manual,
 * 2.2 "Quoting and escaping"). Throws on control characters (a newline would start another line) and broken Unicode.
 */
export function haproxyWord(value: string): string {
  const bad = unfit.exec(value);
  if (bad) throw new Error(`HAProxy cannot carry ${nameOf(bad[0])} in ${JSON.stringify(value)}; take it out`);
  if (bare.test(value)) return value;
  // Between them there is no escape for the quote itself, so it stands outside.
  return value === "" ? '""' : `'${value.replaceAll("'", "'\\''")}'`;
}

function nameOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return code === 10 ? "a newline" : `the character U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
}
