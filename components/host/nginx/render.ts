import { Directive } from "./tree";
import { word } from "./word";

const indentation = "    ";

/** The text of directives, as nginx reads it. Top-level blocks are set apart by an empty line. */
export function render(directives: readonly Directive[]): string {
  const parts: string[] = [];
  directives.forEach((node, i) => {
    if (i > 0 && (node.block || directives[i - 1]?.block)) parts.push("\n");
    renderInto(parts, node, "");
  });
  return parts.join("");
}

function renderInto(parts: string[], node: Directive, indent: string): void {
  if (node.comment !== undefined) parts.push(renderComment(node.comment, indent));
  parts.push(indent, word(node.name));
  for (const argument of node.args) parts.push(" ", word(argument));
  if (!node.block) {
    parts.push(";\n");
  } else if (node.block.length === 0) {
    parts.push(" {}\n");
  } else {
    parts.push(" {\n");
    for (const inner of node.block) renderInto(parts, inner, indent + indentation);
    parts.push(indent, "}\n");
  }
}

function renderComment(comment: string, indent: string): string {
  const lines = comment.split("\n");
  const bad = lines.find((line) => /\p{Cc}/u.test(line));
  if (bad !== undefined) throw new Error(`a comment cannot hold control characters: ${JSON.stringify(bad)}`);
  return lines.map((line) => `${indent}#${line === "" ? "" : ` ${line}`}\n`).join("");
}
