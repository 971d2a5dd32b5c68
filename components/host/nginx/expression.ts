import { quotePattern } from "../pcre";

/** Words with a meaning for nginx: variables or a pattern. A plain string never becomes one by accident. */
export interface Expression {
  /** The word as nginx reads it. */
  readonly token: string;
}

/** Variable that holds a dollar sign: nginx has no escape for it. Defined once, in the main file. */
export const dollarVariable = "landfall_dollar";

/** Plain text for a directive that evaluates variables: every dollar sign arrives as one. */
export function literal(value: string): string {
  return value.includes("$") ? value.replaceAll("$", () => `\${${dollarVariable}}`) : value;
}

/**
 * Text with variables: what stands in the template is nginx's, what is put in arrives as it is.
 *
 * @example
 * directive("return", 308, expression`https://${domain}$request_uri`)
 */
export function expression(parts: TemplateStringsArray, ...values: (string | number)[]): Expression {
  let token = parts.raw[0] ?? "";
  values.forEach((value, i) => {
    // `$uri` before `x` would read as `$urix`.
    token = token.replace(/\$(\w+)$/, "$${$1}") + literal(String(value)) + (parts.raw[i + 1] ?? "");
  });
  return { token };
}

/** Plain text for a directive that does not evaluate variables, such as `location`: dollar signs need no care. */
export function verbatim(value: string): Expression {
  return { token: value };
}

/**
 * A regular expression: what stands in the template is PCRE's, what is put in stands for itself.
 *
 * @example
 * block("location", ["~", pattern`^${path}.*\.php$`], [])
 */
export function pattern(parts: TemplateStringsArray, ...values: string[]): Expression {
  return { token: String.raw({ raw: parts.raw }, ...values.map(quotePattern)) };
}
