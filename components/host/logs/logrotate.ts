/** What logrotate does with the files of a pattern: a directive of one line, or a script up to `endscript`. */
export type LogrotateDirective =
  | { readonly kind: "plain"; readonly name: string; readonly args: readonly string[] }
  | { readonly kind: "script"; readonly name: string; readonly lines: readonly string[] };

/** A directive of one line, e.g. `rotate 14`. */
export function plain(name: string, ...args: (string | number)[]): LogrotateDirective {
  return Object.freeze({ kind: "plain", name, args: Object.freeze(args.map(String)) });
}

/** Lines for `/bin/sh`, as the shell's renderer makes them. */
export function script(name: string, ...lines: string[]): LogrotateDirective {
  return Object.freeze({ kind: "script", name, lines: Object.freeze([...lines]) });
}

const indentation = "    ";

/** The text of a file of logrotate: one pattern of files, and what is done with them. */
export function renderRotation(pattern: string, directives: readonly LogrotateDirective[]): string {
  const lines = directives.flatMap((directive) =>
    directive.kind === "plain"
      ? [[directive.name, ...directive.args.map(logrotateWord)].join(" ")]
      : [directive.name, ...directive.lines.map(scriptLine), "endscript"],
  );
  return [`${logrotateWord(pattern)} {`, ...lines.map((line) => indentation + line), "}", ""].join("\n");
}

/** What logrotate takes as it is; `*` and `?` are for patterns of files. */
const bare = /^[\w./*?@%+,:=-]+$/;

/** The same with letters of any script and spaces, between quotes. */
const quotable = /^[\p{L}\p{N}\w./*?@%+,:= -]+$/u;

/**
 * One word of logrotate's text, between quotes where it has to be. Throws on what logrotate may not carry: it has no escapes
 * that hold everywhere, and takes braces for those of its blocks even between quotes.
 */
export function logrotateWord(value: string): string {
  if (bare.test(value)) return value;
  if (!quotable.test(value) || value !== value.trim())
    throw new Error(`logrotate cannot carry ${JSON.stringify(value.slice(0, 80))}; use another name`);
  return `"${value}"`;
}

/** logrotate looks for the end of a script at the beginning of lines. */
function scriptLine(line: string): string {
  if (/[\n\r\0]/.test(line) || line.trimStart().startsWith("endscript"))
    throw new Error(`a script of logrotate cannot have the line ${JSON.stringify(line.slice(0, 80))}`);
  return indentation + line;
}
