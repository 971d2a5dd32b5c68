import { python } from "../../components/host/apply/python";

/** An element as another reader of XML sees it. */
export interface ReadElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** The text before the first child. */
  readonly text: string;
  readonly children: readonly ReadElement[];
}

const script = `
from xml.etree import ElementTree

def read(element):
    return {
        "name": element.tag,
        "attributes": element.attrib,
        "text": element.text or "",
        "children": [read(child) for child in element],
    }

result = [read(ElementTree.fromstring(text.encode())) for text in given]
`;

/** Reads documents with expat, which refuses what is not well-formed. */
export function readXml(documents: readonly string[]): ReadElement[] {
  return python(script, documents) as ReadElement[];
}
