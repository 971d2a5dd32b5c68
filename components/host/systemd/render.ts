import { Section, Setting, Unit } from "./tree";

/** The text of a unit file. */
export function render(unit: Unit): string {
  return unit.map(renderSection).join("\n");
}

function renderSection(section: Section): string {
  return [`[${section.name}]`, ...section.settings.flatMap(renderSetting)].map((line) => `${line}\n`).join("");
}

function renderSetting({ key, value, comment }: Setting): string[] {
  return [...(comment === undefined ? [] : comment.split("\n").map(renderComment)), `${key}=${value.rendered}`];
}

function renderComment(line: string): string {
  if (/\p{Cc}/u.test(line)) throw new Error(`a comment cannot hold control characters: ${JSON.stringify(line)}`);
  return `# ${line}`;
}
