import { Expression, literal } from "./expression";

/** One nginx directive, e.g. `proxy_read_timeout 55s;`, or a block when `block` is given. Frozen plain data. */
export interface Directive {
  /** First word: the directive's name, or the key in the block of a `map`, `geo` or `types`. */
  readonly name: string;
  /** The other words as nginx reads them: quotes and escapes gone, `$name` a variable where the directive takes one. */
  readonly args: readonly string[];
  readonly block?: readonly Directive[];
  /** Comment above the directive; may have several lines. */
  readonly comment?: string;
}

/** A word of a directive: plain text, which arrives as it is, or an expression of variables. */
export type Argument = string | number | Expression;

/** A directive that ends in a semicolon. */
export function directive(name: string, ...args: Argument[]): Directive {
  return Object.freeze({ name, args: Object.freeze(args.map(token)) });
}

/** A directive with a block. */
export function block(name: string, args: readonly Argument[], directives: readonly Directive[]): Directive {
  return Object.freeze({ name, args: Object.freeze(args.map(token)), block: Object.freeze([...directives]) });
}

/** The directive with a comment that says why it is there. */
export function because(comment: string, commented: Directive): Directive {
  return Object.freeze({ ...commented, comment });
}

function token(argument: Argument): string {
  if (typeof argument === "number") return String(argument);
  return typeof argument === "string" ? literal(argument) : argument.token;
}
