import { EditableStack } from "./editable-stack";

/** One thing that is broken in a good stack. */
export interface Mutation {
  /** What is broken, e.g. `port 22 is open to the world`. */
  readonly title: string;
  readonly breakIt: (stack: EditableStack) => void;
  /** Ids of the rules that fail then: these, and no other. */
  readonly fails: readonly string[];
  /** Ids of the rules that cannot tell any more. @default none */
  readonly unknown?: readonly string[];
}

/** Replaces a text of a file of the host plan, wherever it stands in the file. */
export function replaceIn(path: string, text: string | RegExp, by: string): Mutation["breakIt"] {
  return (stack) => stack.file(path, (content) => content.replaceAll(text, by));
}

/** Replaces the first of a text. */
export function replaceOnceIn(path: string, text: string | RegExp, by: string): Mutation["breakIt"] {
  return (stack) => stack.file(path, (content) => content.replace(text, by));
}

/** Adds lines to the end of a file of the host plan. */
export function appendTo(path: string, lines: string): Mutation["breakIt"] {
  return (stack) => stack.file(path, (content) => `${content}${lines}\n`);
}
