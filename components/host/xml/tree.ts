/** An element of XML without text of its own, as files of settings have it. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
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
