import { Document, LineCounter, parseDocument, visit } from "yaml";
import { Problem } from "../../components/app/problem";

/** A YAML (or JSON) text, read. */
export interface YamlFile {
  readonly data: unknown;
  readonly document: Document;
  readonly lines: LineCounter;
  /** Errors of its syntax; the data is worth nothing then. */
  readonly problems: readonly Problem[];
}

/** Reads YAML; an empty text is an empty object. Aliases are left out: a file of a few lines could fill the memory with them. */
export function readYaml(content: string): YamlFile {
  const lines = new LineCounter();
  const document = parseDocument(content, { lineCounter: lines, prettyErrors: false });
  if (document.errors.length > 0) {
    const problems = document.errors.map(({ message, pos }) => ({
      path: `line ${lines.linePos(pos[0]).line}`,
      reason: `is not YAML: ${message}`,
      fix: "correct the syntax",
    }));
    return { data: undefined, document, lines, problems };
  }
  visit(document, { Alias: () => visit.REMOVE });
  return { data: document.toJS() ?? {}, document, lines, problems: [] };
}
