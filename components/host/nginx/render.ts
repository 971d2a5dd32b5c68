import { Directive } from "./tree";
import { word } from "./word";

const indentation = "    ";

/** The text of directives, as nginx reads it. Top-level blocks are set apart by an empty line. */
export function render(directives: readonly Directive[]): string {
  const lines: string[] = [];
  directives.forEach((node, i) => {
    if (i > 0 && (node.block || directives[i - 1]?.block)) lines.push("");
    renderInto(lines, node, "");
  });
  return lines.map((line) => `${line}\n`).join("");
}

function renderInto(lines: string[], node: Directive, indent: string): void {
  if (node.comment !== undefined) lines.push(...commentLines(node.comment).map((line) => indent + line));
  const head = indent + [node.name, ...node.args].map(word).join(" ");
  if (!node.block) {
    lines.push(`${head};`);
    return;
  }
  if (node.block.length === 0) {
    lines.push(`${head} {}`);
    return;
  }
  lines.push(`${head} {`);
  for (const child of node.block) renderInto(lines, child, indent + indentation);
  lines.push(`${indent}}`);
}

function commentLines(comment: string): string[] {
  return comment.split("\n").map((line) => {
    if (/\p{Cc}/u.test(line)) throw new Error(`a comment cannot hold control characters: ${JSON.stringify(line)}`);
    return line === "" ? "#" : `# ${line}`;
  });
}
