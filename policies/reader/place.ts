/** Where something stands. */
export interface Place {
  /** Path of the file on the host; for what is in no file of its own, the name of what was read, e.g. `user data`. */
  readonly file: string;
  /** Line in it, from 1; null where lines tell nothing. */
  readonly line: number | null;
  /** Line in the text that was read (the user data) where it can be told, e.g. not for what was compressed. */
  readonly sourceLine: number | null;
}

/** What is wrong with a text, or keeps it from being read. */
export const ReadProblemKind = {
  /** It is wrong: the host could not read it either. */
  Broken: "broken",
  /** It may be right, but cannot be read here: it lies elsewhere, is a template, or is larger than the reader takes. */
  Unread: "unread",
} as const;
export type ReadProblemKind = (typeof ReadProblemKind)[keyof typeof ReadProblemKind];

/** Why something could not be read. Its message never repeats the text, which may hold secrets. */
export interface ReadProblem {
  readonly kind: ReadProblemKind;
  readonly place: Place;
  readonly message: string;
}

/** A line of a file, as a place. */
export function placeIn(file: { readonly path: string; readonly sourceLine: number | null }, line: number): Place {
  return { file: file.path, line, sourceLine: file.sourceLine === null ? null : file.sourceLine + line - 1 };
}
