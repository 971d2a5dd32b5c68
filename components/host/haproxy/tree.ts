import { Expression, literal } from "./expression";

/** One line of a section of HAProxy's, e.g. `timeout connect 5s`. Frozen plain data. */
export interface HaproxyLine {
  /** The words as HAProxy reads them: without quotes and escapes. */
  readonly words: readonly string[];
  /** Comment above it; may have several lines. */
  readonly comment?: string;
}

/** A section, e.g. `frontend https`. */
export interface HaproxySection {
  /** The words that begin it. */
  readonly words: readonly string[];
  readonly lines: readonly HaproxyLine[];
  readonly comment?: string;
}

/** A word of a line: plain text, which arrives as it is where HAProxy evaluates a format, or an expression. */
export type HaproxyArgument = string | number | Expression;

/** A line whose words are HAProxy's or plain texts that it does not evaluate. */
export function line(...words: HaproxyArgument[]): HaproxyLine {
  return Object.freeze({
    words: Object.freeze(words.map((one) => (typeof one === "object" ? one.token : String(one)))),
  });
}

/** A line that sets a header: plain text arrives as it is. */
export function setHeader(
  rules: string,
  name: string,
  value: HaproxyArgument,
  ...condition: HaproxyArgument[]
): HaproxyLine {
  return line(rules, "set-header", name, typeof value === "string" ? literal(value) : value, ...condition);
}

export function section(words: readonly string[], lines: readonly HaproxyLine[]): HaproxySection {
  return Object.freeze({ words: Object.freeze([...words]), lines: Object.freeze([...lines]) });
}

/** The line or section with a comment that says why it is there. */
export function because<T extends HaproxyLine | HaproxySection>(comment: string, commented: T): T {
  return Object.freeze<T>({ ...commented, comment });
}
