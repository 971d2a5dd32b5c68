import { quotePattern } from "../pcre";

/** A word that means something to HAProxy: a format with samples, or a pattern. A plain string never becomes one by accident. */
export interface Expression {
  /** The word as HAProxy reads it. */
  readonly token: string;
}

/** Plain text for where HAProxy evaluates a format (configuration manual, 8.2.6 "Custom log format"). */
export function literal(value: string): Expression {
  return { token: value.replaceAll("%", "%%") };
}

/**
 * A format with samples: what stands in the template is HAProxy's, what is put in arrives as it is.
 *
 * @example
 * line("http-request", "redirect", "location", format`https://${domain}%[pathq]`)
 */
export function format(parts: TemplateStringsArray, ...values: (string | number)[]): Expression {
  const escaped = values.map((value) => literal(String(value)).token);
  return { token: String.raw({ raw: parts.raw }, ...escaped) };
}

/** A regular expression: what stands in the template is PCRE's, what is put in stands for itself. */
export function pattern(parts: TemplateStringsArray, ...values: string[]): Expression {
  return { token: String.raw({ raw: parts.raw }, ...values.map(quotePattern)) };
}

/**
 * What a match is replaced by, around the groups of its pattern: what is put in arrives as it is. Other than in a format a
 * backslash means something there, too.
 */
export function replacement(parts: TemplateStringsArray, ...values: string[]): Expression {
  return { token: String.raw({ raw: parts.raw }, ...values.map((one) => literal(one.replaceAll("\\", "\\\\")).token)) };
}
