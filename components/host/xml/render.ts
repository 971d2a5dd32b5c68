import { XmlElement } from "./tree";

const indentation = "  ";

/** What is no character of XML 1.0 (section 2.2), and the breaks and tabs that readers of attributes turn into spaces. */
const unfit = /[\p{Cc}\p{Surrogate}\u{fffe}\u{ffff}]/u;

const escapes: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** A document of XML. */
export function renderXml(root: XmlElement): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${rendered(root, "")}`;
}

function rendered({ name, attributes, children, text, comment }: XmlElement, indent: string): string {
  const above = comment === undefined ? "" : xmlComment(comment, indent);
  const words = [
    nameOf(name),
    ...Object.entries(attributes).map(([key, value]) => `${nameOf(key)}="${quoted(value)}"`),
  ];
  if (text !== undefined) return `${above}${indent}<${words.join(" ")}>${quoted(text)}</${name}>\n`;
  if (!children.length) return `${above}${indent}<${words.join(" ")} />\n`;
  const inner = children.map((child) => rendered(child, indent + indentation)).join("");
  return `${above}${indent}<${words.join(" ")}>\n${inner}${indent}</${name}>\n`;
}

function nameOf(name: string): string {
  if (!/^[A-Za-z_][\w.-]*$/.test(name)) throw new Error(`${JSON.stringify(name)} is no name of XML`);
  return name;
}

/** The value of an attribute, or the text of an element. @throws on what XML cannot carry */
function quoted(value: string): string {
  if (unfit.test(value)) throw new Error(`XML cannot carry ${JSON.stringify(value)}; take out control characters`);
  return value.replace(/[&<>"]/g, (character) => escapes[character]!);
}

function xmlComment(comment: string, indent: string): string {
  const lines = comment.split("\n");
  const bad = lines.find((line) => unfit.test(line) || line.includes("--") || line.endsWith("-"));
  if (bad !== undefined) throw new Error(`no comment of XML can be ${JSON.stringify(bad)}`);
  return `${indent}<!--\n${lines.map((line) => `${indent}  ${line}\n`).join("")}${indent}-->\n`;
}
