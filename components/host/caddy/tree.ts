/** A word with a meaning for Caddy: a placeholder such as `{scheme}`. A plain string never becomes one by accident. */
export interface CaddyExpression {
  readonly token: string;
}

/** A word of a directive: plain text, which arrives as it is, or placeholders. */
export type CaddyWord = string | number | CaddyExpression;

/** One directive of a Caddyfile, e.g. `header_up Host www.example.com`, or a block when `block` is given. */
export interface CaddyDirective {
  readonly words: readonly CaddyWord[];
  readonly block?: readonly CaddyDirective[];
  /** Comment above it; may have several lines. */
  readonly comment?: string;
}

/** A directive of one line. */
export function caddy(...words: CaddyWord[]): CaddyDirective {
  return Object.freeze({ words: Object.freeze(words) });
}

/** A directive with a block. */
export function caddyBlock(words: readonly CaddyWord[], block: readonly CaddyDirective[]): CaddyDirective {
  return Object.freeze({ words: Object.freeze([...words]), block: Object.freeze([...block]) });
}

/** The directive with a comment that says why it is there. */
export function caddyNoted(comment: string, commented: CaddyDirective): CaddyDirective {
  return Object.freeze({ ...commented, comment });
}

/** What Caddy puts in while it answers, e.g. `{remote_host}`. */
export function placeholder(name: string): CaddyExpression {
  if (!/^[a-z][\w.]*$/.test(name)) throw new Error(`${JSON.stringify(name)} is not the name of a placeholder`);
  return Object.freeze({ token: `{${name}}` });
}
