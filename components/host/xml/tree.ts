/** An element of XML, as files of settings have it: it holds others, or a text. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** What stands between its tags. Only of an element without others. */
  readonly text?: string;
  /** Comment above it; may have several lines. */
  readonly comment?: string;
}

/** An element. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string>> = {},
  children: readonly XmlElement[] = [],
): XmlElement {
  return Object.freeze({ name, attributes: Object.freeze({ ...attributes }), children: Object.freeze([...children]) });
}

/** An element that holds a text. */
export function textElement(name: string, text: string): XmlElement {
  return Object.freeze({ ...element(name), text });
}
