/** A variable of the request, in the few directives that look one up for each. */
export interface RequestVariable {
  readonly variable: string;
}

/** One directive of httpd, e.g. `ProxyPreserveHost On`, or a section like `<Location "/app">` when `block` is given. */
export interface ApacheDirective {
  readonly directive: string;
  /** The words behind it, as httpd reads them: without quotes and escapes. */
  readonly args: readonly (string | RequestVariable)[];
  readonly block?: readonly ApacheDirective[];
  /** Comment above it; may have several lines. */
  readonly comment?: string;
}

/** A directive of one line. */
export function apache(directive: string, ...args: (string | number | RequestVariable)[]): ApacheDirective {
  const words = args.map((arg) => (typeof arg === "number" ? String(arg) : arg));
  return Object.freeze({ directive, args: Object.freeze(words) });
}

/** A section. */
export function section(
  directive: string,
  args: readonly string[],
  block: readonly ApacheDirective[],
): ApacheDirective {
  return Object.freeze({ directive, args: Object.freeze([...args]), block: Object.freeze([...block]) });
}

/** The directive with a comment that says why it is there. */
export function noted(comment: string, commented: ApacheDirective): ApacheDirective {
  return Object.freeze({ ...commented, comment });
}
