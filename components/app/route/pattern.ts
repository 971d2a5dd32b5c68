import { PatternNode } from "./pattern-node";
import { readPattern } from "./read-pattern";

/**
 * The pattern as a web server takes it: held against the path from its beginning, and without groups that are kept, so that
 * it takes no number from another expression.
 */
export function renderPattern(text: string): string {
  const node = readPattern(text);
  return node.kind === "choice" ? `^(?:${renderNode(node)})` : `^${renderNode(node)}`;
}

/** Whether a pattern matches a path, decoded and without its query. */
export function matchesPattern(text: string, path: string): boolean {
  return new RegExp(renderPattern(text), "s").test(path);
}

function renderNode(node: PatternNode): string {
  switch (node.kind) {
    case "characters":
      return node.text;
    case "end":
      return "$";
    case "sequence":
      return node.items.map((item) => (item.kind === "choice" ? group(item) : renderNode(item))).join("");
    case "choice":
      return node.ways.map(renderNode).join("|");
    case "repeat":
      return (node.item.kind === "characters" ? node.item.text : group(node.item)) + renderRepeat(node);
  }
}

const group = (node: PatternNode): string => `(?:${renderNode(node)})`;

function renderRepeat({ from, to }: { from: number; to: number }): string {
  if (to === Infinity) return from === 0 ? "*" : from === 1 ? "+" : `{${from},}`;
  if (from === 0 && to === 1) return "?";
  return from === to ? `{${from}}` : `{${from},${to}}`;
}
