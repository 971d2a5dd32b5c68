/** Control characters, and halves of characters that UTF-8 cannot carry. */
const unfit = /[\p{Cc}\p{Surrogate}]/u;

/** The first character of a text that no configuration file can carry; undefined where there is none. */
export const unfitCharacter = (value: string): string | undefined => unfit.exec(value)?.[0];

/** What a message calls such a character. */
export function characterName(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code === 10) return "a newline";
  return code === 0 ? "NUL" : `the character U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
}
