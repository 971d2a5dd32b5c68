/** Lines of a table with aligned columns, two spaces apart, without trailing blanks. */
export function table(headings: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const all = headings.length > 0 ? [headings, ...rows] : rows;
  const columns = Math.max(0, ...all.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...all.map((row) => (row[column] ?? "").length)),
  );
  return all.map((row) =>
    widths
      .map((width, column) => (row[column] ?? "").padEnd(width))
      .join("  ")
      .trimEnd(),
  );
}
