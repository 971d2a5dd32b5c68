import { Word } from "./statement";

/** Variables of a script; null for those whose value is not known. */
export type Variables = Map<string, string | null>;

/** One word as the program gets it; null when it depends on what is not known. */
export function expandWord(word: Word, variables: Variables): string | null {
  let text = "";
  for (const part of word) {
    const value = typeof part === "string" || part === null ? part : valueOf(part, variables);
    if (value === null) return null;
    text += value;
  }
  return text;
}

/** Words as the program gets them: a variable that is not quoted is as many as its value has. */
export function expandWords(words: readonly Word[], variables: Variables): (string | null)[] {
  return words.flatMap((word) => {
    const whole = expandWord(word, variables);
    const splits = word.some((part) => part !== null && typeof part === "object" && !part.quoted);
    return whole === null || !splits ? [whole] : splitWord(word, variables);
  });
}

/** A word whose variables are known, split at the white space that those without quotes bring in. */
function splitWord(word: Word, variables: Variables): string[] {
  const found: string[] = [];
  let open: string | undefined;
  for (const part of word) {
    const value = typeof part === "string" || part === null ? part : valueOf(part, variables);
    const pieces =
      part === null || typeof part === "string" || part.quoted ? [value ?? ""] : (value ?? "").split(/\s+/);
    for (const [index, piece] of pieces.entries()) {
      if (index > 0 && open !== undefined) {
        found.push(open);
        open = undefined;
      }
      if (piece !== "" || (part !== null && (typeof part === "string" || part.quoted))) open = (open ?? "") + piece;
    }
  }
  return open === undefined ? found : [...found, open];
}

function valueOf(part: { variable: string; fallback: string | null }, variables: Variables): string | null {
  const value = variables.get(part.variable);
  return value === undefined || value === "" ? (part.fallback ?? value ?? null) : value;
}
