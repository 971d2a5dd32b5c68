/** Words that mean the same with and without quotes. */
const bare = /^[\w./:@%+,=-]+$/;

/**
 * One word of a POSIX shell's text that arrives as it is. Throws on what a command cannot be given: NUL, and halves of
 * characters that UTF-8 cannot carry. Newlines can be carried.
 */
export function word(value: string): string {
  const bad = /[\0\p{Surrogate}]/u.exec(value);
  if (bad)
    throw new Error(
      `a shell cannot carry ${bad[0] === "\0" ? "NUL" : "half a character"} in ${JSON.stringify(value.slice(0, 80))}`,
    );
  return bare.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`;
}

/** Text between double quotes, where four characters have a meaning. */
export function inDoubleQuotes(value: string): string {
  word(value);
  return value.replace(/["$`\\]/g, "\\$&");
}
