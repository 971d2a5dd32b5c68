/** Where a string of a Python program is. */
export interface PythonString {
  /** Letters before its quotes, e.g. `f`. */
  prefix: string;
  /** Index after it. */
  end: number;
}

const start = /(?:\b([rbfuRBFU]{1,2}))?("""|'''|"|')/y;

/** The string that begins at an index of a program, or null when none does. */
export function stringAt(python: string, index: number): PythonString | null {
  start.lastIndex = index;
  const found = start.exec(python);
  if (!found) return null;
  const quote = found[2] ?? "";
  let end = start.lastIndex;
  while (end < python.length && !python.startsWith(quote, end)) end += python.charAt(end) === "\\" ? 2 : 1;
  return { prefix: found[1] ?? "", end: end + quote.length };
}

/** A program without the strings that hold no names: all but those with `f`. */
export function withoutPlainStrings(python: string): string {
  let kept = "";
  for (let at = 0; at < python.length;) {
    const string = stringAt(python, at);
    if (!string) kept += python.charAt(at++);
    else {
      kept += /f/i.test(string.prefix) ? python.slice(at, string.end) : '""';
      at = string.end;
    }
  }
  return kept;
}
