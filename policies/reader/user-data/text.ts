/** A text on its way out of the wrappings of user data. */
export interface Text {
  /** What messages call it, e.g. `user data, part 2 (setup.sh)`. */
  readonly name: string;
  readonly content: string;
  /** Line of the source that its first line is; null when the two have no lines in common. */
  readonly sourceLine: number | null;
}

/** A text that has been told what it is, as MIME or an archive does it. */
export interface TypedText extends Text {
  /** MIME type in lower case; null when the text itself has to tell. */
  readonly type: string | null;
  /** How cloud-init merges it with what came before: its headers `Merge-Type` or `X-Merge-Type`. */
  readonly mergeType: string | null;
}

/** The line of the source that a line of the text is. */
export function sourceLineOf(text: Text, line: number): number | null {
  return text.sourceLine === null ? null : text.sourceLine + line - 1;
}
