/** What a setting of hitch's is set to: a text between quotes, words of its own, a number, on or off. */
export type HitchValue = string | number | boolean | { readonly words: readonly string[] } | readonly HitchSetting[];

/** One setting, e.g. `workers = 2`, or a block of them. */
export interface HitchSetting {
  readonly key: string;
  readonly value: HitchValue;
  readonly comment?: string;
}

/** Words of hitch's own, which have no quotes. */
export const hitchWords = (...words: string[]): { words: readonly string[] } => ({ words });

/** The text of settings, as hitch reads it (hitch.conf(5)). */
export function renderHitch(settings: readonly HitchSetting[], indent = ""): string {
  return settings
    .map(({ key, value, comment }) => {
      if (!/^[a-z][a-z0-9-]*$/.test(key)) throw new Error(`${JSON.stringify(key)} is no setting of hitch`);
      if (comment !== undefined && /\p{Cc}/u.test(comment)) throw new Error("a comment cannot hold control characters");
      const above = comment === undefined ? "" : `${indent}# ${comment}\n`;
      return `${above}${indent}${key} = ${hitchText(value, indent)}\n`;
    })
    .join("");
}

function hitchText(value: HitchValue, indent: string): string {
  if (Array.isArray(value)) return `{\n${renderHitch(value as HitchSetting[], `${indent}    `)}${indent}}`;
  if (typeof value === "boolean") return value ? "on" : "off";
  if (typeof value === "number") return String(value);
  if (typeof value === "string") return hitchString(value);
  return (value as { words: readonly string[] }).words.map(hitchWord).join(" ");
}

/** A text between quotes. hitch has no escape for what cannot stand there. */
export function hitchString(value: string): string {
  if (/[\p{Cc}\p{Surrogate}"\\]/u.test(value))
    throw new Error(`hitch cannot carry ${JSON.stringify(value)}; take quotes, backslashes and control characters out`);
  return `"${value}"`;
}

function hitchWord(value: string): string {
  if (!/^[A-Za-z][\w.]*$/.test(value)) throw new Error(`${JSON.stringify(value)} is no word of hitch`);
  return value;
}
