import { Section, Unit } from "./tree";

/** The text of a unit file. */
export function render(unit: Unit): string {
  const parts: string[] = [];
  for (const section of unit) renderInto(parts, section);
  return parts.join("");
}

function renderInto(parts: string[], section: Section): void {
  parts.push(parts.length === 0 ? "[" : "\n[", section.name, "]\n");
  for (const { key, value, comment } of section.settings) {
    if (comment !== undefined) parts.push(renderComment(comment));
    parts.push(key, "=", value.rendered, "\n");
  }
}

function renderComment(comment: string): string {
  const lines = comment.split("\n");
  const bad = lines.find((line) => /\p{Cc}/u.test(line));
  if (bad !== undefined) throw new Error(`a comment cannot hold control characters: ${JSON.stringify(bad)}`);
  return lines.map((line) => `# ${line}\n`).join("");
}
