/** A piece of a shell word: text as it is, a variable, or what only the host can tell (the output of a command). */
export type WordPart =
  | string
  | {
      readonly variable: string;
      /** What stands in for a variable that is not set (`${NAME:-text}`); null without. */
      readonly fallback: string | null;
      /** In double quotes a variable is one word, else as many as its value has. */
      readonly quoted: boolean;
    }
  | null;

export type Word = readonly WordPart[];

/** A redirection such as `> /etc/app.conf`. */
export interface Redirect {
  readonly operator: string;
  readonly target: Word;
  /** What follows `<<`: the text up to the delimiter. */
  readonly body: Word | null;
}

/** A simple command, or the bracket of a subshell. */
export type Statement =
  | {
      readonly kind: "command";
      readonly words: readonly Word[];
      readonly redirects: readonly Redirect[];
      /** Whether it reads what the command before it writes. */
      readonly piped: boolean;
      /** Line of its first word, from 1. */
      readonly line: number;
    }
  | { readonly kind: "(" | ")" };

/** Neighbouring pieces of text made one; a word keeps at least one piece, so that `""` is a word. */
export function joined(parts: readonly WordPart[]): WordPart[] {
  const found: WordPart[] = [];
  for (const part of parts) {
    const last = found.at(-1);
    if (typeof part === "string" && typeof last === "string") found[found.length - 1] = last + part;
    else if (part !== "" || found.length === 0) found.push(part);
  }
  return found;
}
