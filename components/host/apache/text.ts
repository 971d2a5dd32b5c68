import { quotePattern } from "../pcre";

/** A text as a pattern of PCRE that stands for itself. Without quotes and spaces, which mod_rewrite could not carry. */
export function quoted(value: string): string {
  return quotePattern(value).replaceAll('"', "\\x22").replaceAll("\\ ", "\\x20");
}

/** A text where mod_headers takes a format: a percent sign would begin a specifier, `\n` would be a newline. */
export function literalFormat(value: string): string {
  return value.replaceAll("\\", "\\\\").replaceAll("%", "%%");
}

/** The same in what takes the place of a match: a dollar sign would stand for a part of it. */
export function literalReplacement(value: string): string {
  return literalFormat(value.replaceAll("\\", "\\\\")).replaceAll("$", "\\$");
}

/** A text between quotes in an expression of httpd. */
export function expressionText(value: string): string {
  return `'${value.replace(/[\\']/g, "\\$&")}'`;
}
