import { Place, ReadProblem, ReadProblemKind } from "../place";
import { ReadSetting } from "./unit-view";

/** What a unit's text says, and what in it systemd would pass over. */
export interface ParsedUnit {
  readonly settings: readonly ReadSetting[];
  readonly problems: readonly ReadProblem[];
}

/** systemd reads no longer line (its `LONG_LINE_MAX`). */
const longestLine = 1024 * 1024;

/** Reads the text of a unit (systemd.syntax(7)): sections, settings, comments, and lines continued by a backslash. */
export function parseUnit(text: string, placeOf: (line: number) => Place): ParsedUnit {
  const settings: ReadSetting[] = [];
  const problems: ReadProblem[] = [];
  const broken = (line: number, message: string): void =>
    void problems.push({ kind: ReadProblemKind.Broken, place: placeOf(line), message });
  let section: string | undefined;
  let isOutside = false;

  for (const { line, content } of joinLines(text)) {
    if (content.length > longestLine)
      broken(line, `is a line longer than the ${longestLine} characters that systemd reads`);
    else if (content.startsWith("[")) {
      section = /^\[([^[\]\u0000-\u001f\u007f]+)\]$/.exec(content)?.[1];
      // What follows belongs to a section that systemd does not know either: that is one fault, not one for each line.
      isOutside = section === undefined;
      if (isOutside) broken(line, "begins like a section, but has no closing bracket at its end");
    } else {
      const at = content.indexOf("=");
      if (at < 0) broken(line, 'has no "=", so systemd ignores it');
      else if (section === undefined) {
        if (!isOutside) broken(line, "stands outside of any section, so systemd ignores it and what follows");
        isOutside = true;
      } else {
        const key = content.slice(0, at).trimEnd();
        if (key === "") broken(line, 'has nothing before its "=", so systemd ignores it');
        else settings.push({ section, key, value: content.slice(at + 1).trim(), place: placeOf(line) });
      }
    }
  }
  return { settings, problems };
}

/** Lines with content, those that a backslash continues put together with a space; comments between them are left out. */
function joinLines(text: string): { line: number; content: string }[] {
  const joined: { line: number; content: string }[] = [];
  let open: { line: number; parts: string[] } | undefined;
  const close = (): void => {
    const content = open?.parts.join(" ").trim() ?? "";
    if (open && content !== "") joined.push({ line: open.line, content });
    open = undefined;
  };
  text
    .replace(/^\ufeff/, "")
    .split("\n")
    .forEach((raw, index) => {
      const content = raw.replace(/\r$/, "");
      if (/^\s*[#;]/.test(content)) return;
      const continues = /(^|[^\\])(\\\\)*\\$/.test(content);
      open ??= { line: index + 1, parts: [] };
      open.parts.push(continues ? content.slice(0, -1) : content);
      if (!continues) close();
    });
  close();
  return joined;
}
