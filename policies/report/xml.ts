/** An element of an XML document. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly (XmlElement | string)[];
}

/** An element with attributes and what is in it: elements, or text. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  ...children: readonly (XmlElement | string)[]
): XmlElement {
  const texts = Object.entries(attributes).map(([key, value]) => [key, String(value)]);
  return { name, attributes: Object.fromEntries(texts), children };
}

/** A document as text. Elements stand on lines of their own, unless there is text beside them. */
export function renderXml(root: XmlElement): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${render(root, "")}\n`;
}

function render({ name, attributes, children }: XmlElement, indent: string): string {
  const start = [name, ...Object.entries(attributes).map(([key, value]) => `${key}="${attribute(value)}"`)].join(" ");
  if (children.length === 0) return `${indent}<${start}/>`;
  if (children.some((child) => typeof child === "string")) {
    const content = children.map((child) => (typeof child === "string" ? quoted(child) : render(child, "")));
    return `${indent}<${start}>${content.join("")}</${name}>`;
  }
  const lines = children.map((child) => (typeof child === "string" ? quoted(child) : render(child, `${indent}  `)));
  return `${indent}<${start}>\n${lines.join("\n")}\n${indent}</${name}>`;
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
  "\t": "&#9;",
  "\n": "&#10;",
  "\r": "&#13;",
};

/**
 * The one place where text becomes XML. What no XML 1.0 document can carry (control characters, halves of characters:
 * production 2 of the recommendation) becomes U+FFFD; a carriage return would become a line feed as it is.
 */
function quoted(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, "\uFFFD")
    .replace(/[&<>"'\r]/g, (character) => entities[character]!);
}

/** In an attribute, line feeds and tabs would become spaces, too. */
function attribute(text: string): string {
  return quoted(text).replace(/[\t\n]/g, (character) => entities[character]!);
}
