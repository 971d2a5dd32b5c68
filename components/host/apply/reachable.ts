import { stringAt, withoutPlainStrings } from "./python-string";

/** A statement of a program that begins at the left margin, with the lines that belong to it. */
interface Statement {
  text: string;
  /** Names that it gives a meaning to; empty for what is done rather than defined. */
  defines: readonly string[];
}

const definition = /^(?:async def|def|class) (\w+)/;
const assignment = /^(\w+)(?:: [^=]+)? = /;
const decorated = /^@[^\n]+\n(?:@[^\n]+\n)*(?:def|class) (\w+)/;
const imported = /^(?:from [\w.]+ )?import (.+)$/;

/**
 * A Python program without the definitions that nothing in it needs. What is done at its top level is needed; a
 * definition is needed when its name occurs in something that is. Takes compact programs (see `compact`).
 */
export function reachable(python: string): string {
  const statements = topLevel(python);
  const byName = new Map<string, Statement[]>();
  for (const statement of statements)
    for (const name of statement.defines) byName.set(name, [...(byName.get(name) ?? []), statement]);
  const needed = new Set<Statement>();
  const queue = statements.filter(({ defines }) => defines.length === 0);
  for (let next = queue.pop(); next; next = queue.pop()) {
    if (needed.has(next)) continue;
    needed.add(next);
    for (const [name] of withoutPlainStrings(next.text).matchAll(/\w+/g)) queue.push(...(byName.get(name) ?? []));
  }
  // Modules import the same things; once is enough in one program.
  const seen = new Set<string>();
  return statements
    .filter((statement) => needed.has(statement))
    .filter(({ text }) => !imported.test(text.trimEnd()) || (!seen.has(text) && seen.add(text)))
    .map(({ text }) => text)
    .join("");
}

function topLevel(python: string): Statement[] {
  const starts: number[] = [];
  let decorates = false;
  for (let at = 0, lineStart = true; at < python.length;) {
    if (lineStart && !/[ )\]}]/.test(python.charAt(at))) {
      if (!decorates) starts.push(at);
      decorates = python.charAt(at) === "@";
    }
    const end = stringAt(python, at)?.end ?? at + 1;
    lineStart = python.slice(at, end) === "\n";
    at = end;
  }
  return starts.map((start, index) => {
    const text = python.slice(start, starts[index + 1]);
    return { text, defines: definedBy(text.trimEnd()) };
  });
}

function definedBy(text: string): string[] {
  const single = (decorated.exec(text) ?? definition.exec(text) ?? assignment.exec(text))?.[1];
  if (single !== undefined) return [single];
  const names = imported.exec(text)?.[1];
  if (names === undefined) return [];
  return names
    .replace(/[()]/g, "")
    .split(",")
    .map((name) => (name.trim().split(" as ").at(-1) ?? "").split(".")[0] ?? "");
}
