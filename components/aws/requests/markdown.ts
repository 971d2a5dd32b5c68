/** Text that stands for itself between marks of Markdown, whatever it holds (CommonMark 0.31, "Code spans"). */
export function code(text: string): string {
  const line = text.replace(/\s+/g, " ");
  const mark = fence(line, "`");
  const space = /^`|`$|^ .* $/.test(line) ? " " : "";
  return `${mark}${space}${line}${space}${mark}`;
}

/** Lines that stand for themselves (CommonMark 0.31, "Fenced code blocks"). */
export function codeBlock(text: string, language = ""): string {
  const mark = fence(text, "```");
  return `${mark}${language}\n${text.replace(/\n?$/, "\n")}${mark}`;
}

/** A mark that is longer than every run of backticks in the text. */
function fence(text: string, least: string): string {
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  return longest < least.length ? least : "`".repeat(longest + 1);
}

/** A table. Cells are Markdown; what divides cells is escaped. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const row = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [row(head), row(head.map(() => "---")), ...rows.map(row)].join("\n");
}

/** A list without order. */
export function bullets(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join("\n");
}
