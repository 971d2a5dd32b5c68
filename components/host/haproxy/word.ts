import { characterName, unfitCharacter } from "../unfit-character";

/** Words that mean the same to HAProxy with and without quotes. */
const bare = /^[\w./:=@%+,;?&|<>!()[\]{}~^*-]+$/;

/**
 * One word of HAProxy's text, quoted where it has to be: between single quotes nothing means anything (configuration manual,
 * 2.2 "Quoting and escaping"). Throws on control characters (a newline would start another line) and broken Unicode.
 */
export function haproxyWord(value: string): string {
  const bad = unfitCharacter(value);
  if (bad) throw new Error(`HAProxy cannot carry ${characterName(bad)} in ${JSON.stringify(value)}; take it out`);
  if (bare.test(value)) return value;
  // Between them there is no escape for the quote itself, so it stands outside.
  return value === "" ? '""' : `'${value.replaceAll("'", "'\\''")}'`;
}
