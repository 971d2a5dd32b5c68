/**
 * A glob pattern for one path segment, as a regular expression: `*` and `?` stand for anything, `[...]` for one of its
 * characters, `[!...]` for any other. Undefined when its brackets make no sense, such as `[z-a]`.
 */
export function segmentPattern(glob: string): RegExp | undefined {
  const source = glob.replace(/\[!?[^\]]+\]|[\\^$.|?*+(){}[\]]/g, (part) => {
    if (part === "*") return ".*";
    if (part === "?") return ".";
    if (part.length === 1) return `\\${part}`;
    const negated = part.startsWith("[!");
    return `[${negated ? "^" : ""}${part.slice(negated ? 2 : 1, -1).replace(/[\\^[]/g, "\\$&")}]`;
  });
  try {
    return new RegExp(`^${source}$`, "s");
  } catch {
    return undefined;
  }
}
