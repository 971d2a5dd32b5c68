import { stringAt } from "./python-string";

/** A line of Python as its grammar sees it: however many lines of text it takes, without comments. */
interface LogicalLine {
  indent: number;
  text: string;
}

const onlyString = /^[rbuRBU]{0,2}("""|'''|"|')(?:\\[^]|(?!\1)[^])*\1$/;

/**
 * A Python program without comments, documentation strings, types of parameters and blank lines, indented by one space:
 * what a program that travels in user data does not need. It does the same.
 */
export function compact(python: string): string {
  const lines = logicalLines(python);
  return lines
    .flatMap(({ indent, text }, index) => {
      if (!onlyString.test(text)) return [{ indent, text }];
      // A body of nothing but its documentation needs another statement.
      const alone = (lines[index + 1]?.indent ?? 0) < indent && (lines[index - 1]?.indent ?? 0) < indent;
      return alone ? [{ indent, text: "pass" }] : [];
    })
    .map(({ indent, text }) => `${" ".repeat(indent / 4)}${withoutAnnotations(text)}\n`)
    .join("");
}

/** The head of a function without the types of its parameters and of what it returns. */
function withoutAnnotations(line: string): string {
  const head = /^(?:async )?def \w+\(/.exec(line)?.[0];
  if (head === undefined) return line;
  const parameters = [""];
  let depth = 1;
  let inType = false;
  let at = head.length;
  while (depth > 0 && at < line.length) {
    const end = stringAt(line, at)?.end ?? at + 1;
    const token = line.slice(at, end);
    if ("([{".includes(token)) depth++;
    if (")]}".includes(token)) depth--;
    const between = depth === 1 && token === ",";
    if (between || (depth === 1 && token === "=")) inType = false;
    else if (depth === 1 && token === ":") inType = true;
    if (between) parameters.push("");
    else if (depth > 0 && !inType) parameters[parameters.length - 1] += token;
    at = end;
  }
  // Types of what is returned hold no colons.
  const body = line.slice(line.indexOf(":", at));
  const names = parameters.map((one) => one.trim()).filter((one) => one !== "");
  return `${head}${names.join(",")})${body}`;
}

/** Splits a program that is indented by four spaces. */
function logicalLines(python: string): LogicalLine[] {
  const found: LogicalLine[] = [];
  let text = "";
  let indent = 0;
  let depth = 0;
  let at = 0;
  const end = (): void => {
    if (text.trim() !== "") found.push({ indent, text: text.trim() });
    text = "";
  };
  while (at < python.length) {
    if (text === "") {
      const spaces = /[ ]*/y;
      spaces.lastIndex = at;
      indent = spaces.exec(python)?.[0].length ?? 0;
      at += indent;
    }
    const character = python.charAt(at);
    const string = stringAt(python, at);
    if (string) {
      text += python.slice(at, string.end);
      at = string.end;
    } else if (character === "#") {
      // The first line of a program names its interpreter.
      const stop = endOfLine(python, at);
      if (at === 0 && python.startsWith("#!")) text = python.slice(0, stop);
      at = stop;
    } else if (character === "\n" && depth === 0) {
      end();
      at++;
    } else if (character === "\n") {
      // Inside brackets, where lines end anywhere.
      text = `${text.trimEnd()} `;
      at += 1 + (/^[ ]*/.exec(python.slice(at + 1, at + 200))?.[0].length ?? 0);
    } else {
      if ("([{".includes(character)) depth++;
      if (")]}".includes(character)) depth--;
      text += character;
      at++;
    }
  }
  end();
  return found;
}

function endOfLine(python: string, from: number): number {
  const found = python.indexOf("\n", from);
  return found < 0 ? python.length : found;
}
